// CREATE TABLE: columns with their types, keys and checks.

import { databaseName } from '@relata/core'
import type { Column, DatabaseType, ForeignKeyDescriptor, TableDescriptor } from '@relata/core'
import { isTypeName, typeName } from '../dialect/type-name.js'
import { literal } from '../lower/literal.js'
import { refuse } from '../lower/lowering.js'
import type { Lowering } from '../lower/lowering.js'
import { printExpression } from '../print/print-expression.js'
import { nested } from '../print/print-select.js'
import { clause, separated, write, writeName, writeTable } from '../print/writer.js'
import type { Writer } from '../print/writer.js'
import { checkCondition } from './check-condition.js'

/** The tables that foreign keys refer to, by name. */
export type TablesByName = ReadonlyMap<string, TableDescriptor>

export const printCreateTable = (to: Writer, lowering: Lowering, table: TableDescriptor, foreignKeys: readonly ForeignKeyDescriptor[], others: TablesByName): void => {
  const generated = generatedKey(table)
  const { ddl } = to.dialect
  const inlineKey = generated !== undefined && ddl.inlinePrimaryKey
  const parts: (() => void)[] = [
    ...Object.entries(table.columns).map(([property, column]) => () => printColumn(to, lowering, table, property, column, generated)),
    ...(table.primaryKey.length > 0 && !inlineKey ? [() => { write(to, 'primary key '); printColumns(to, table, table.primaryKey) }] : []),
    ...table.uniques.map(({ name, columns }) => () => { printConstraintName(to, name); write(to, 'unique '); printColumns(to, table, columns) }),
    ...table.checks.map(({ name, condition }) => () => {
      printConstraintName(to, name)
      write(to, 'check (')
      printExpression(to, nested, checkCondition(lowering, table, condition))
      write(to, ')')
    }),
    ...foreignKeys.map((foreignKey) => () => printForeignKey(to, lowering, table, foreignKey, others)),
  ]
  if (parts.length === 0) refuse(lowering, 'malformed', `The table ${table.name} has no columns.`, 'Give it one.', { name: table.name })

  write(to, 'create table ')
  writeTable(to, named(table))
  write(to, ' (')
  to.depth += 1
  parts.forEach((part, at) => {
    if (at > 0) write(to, to.pretty ? ',' : ', ')
    if (to.pretty) clause(to, '')
    part()
  })
  to.depth -= 1
  if (to.pretty) clause(to, '')
  write(to, ddl.tableOptions === '' ? ')' : `) ${ddl.tableOptions}`)
}

export const named = ({ name, schema }: TableDescriptor): { readonly table: string; readonly schema?: string } => schema === undefined ? { table: name } : { table: name, schema }

export const printConstraintName = (to: Writer, name: string | undefined): void => {
  if (name === undefined) return
  write(to, 'constraint ')
  writeName(to, name)
  write(to, ' ')
}

export const printColumns = (to: Writer, table: TableDescriptor | undefined, properties: readonly string[]): void => {
  write(to, '(')
  separated(to, properties, (property) => writeName(to, table === undefined ? property : databaseName(table, property)))
  write(to, ')')
}

export const printForeignKey = (to: Writer, lowering: Lowering, table: TableDescriptor, foreignKey: ForeignKeyDescriptor, others: TablesByName): void => {
  const { supports, ddl } = to.dialect
  const other = others.get(foreignKey.table)
  printConstraintName(to, foreignKey.name)
  write(to, 'foreign key ')
  printColumns(to, table, foreignKey.columns)
  write(to, ' references ')
  writeTable(to, other === undefined || !ddl.schemaInReferences ? { table: foreignKey.table } : named(other))
  write(to, ' ')
  printColumns(to, other, foreignKey.references)
  for (const [words, action] of [['on delete', foreignKey.onDelete], ['on update', foreignKey.onUpdate]] as const) {
    if (action === undefined || action === 'no action') continue
    if (action === 'set default' && !supports.setDefaultAction) {
      refuse(lowering, 'unsupported', `${to.dialect.name} has no "${words} set default", which a foreign key of ${table.name} asks for.`, 'Use another action.', { construct: 'set default', name: table.name })
    }
    write(to, ` ${words} ${action}`)
  }
  if (supports.deferrable && foreignKey.deferrable !== undefined && foreignKey.deferrable !== false) {
    write(to, foreignKey.deferrable === 'initially deferred' ? ' deferrable initially deferred' : ' deferrable')
  }
}

/** The property whose value the database makes: a single integer key, unless it says otherwise or refers to another's. */
const generatedKey = (table: TableDescriptor): string | undefined => {
  const [property, ...others] = table.primaryKey
  const column = property === undefined ? undefined : table.columns[property]
  if (property === undefined || others.length > 0 || column === undefined) return undefined
  const { kind } = column.type.database
  const { autoincrement, default: given, serverDefault } = column.options
  const refers = table.foreignKeys.some(({ columns }) => columns.includes(property))
  const wanted = autoincrement ?? (given === undefined && serverDefault === undefined && !refers)
  return wanted && (kind === 'integer' || kind === 'bigint') ? property : undefined
}

const printColumn = (to: Writer, lowering: Lowering, table: TableDescriptor, property: string, column: Column<unknown>, generatedKeyOf: string | undefined): void => {
  const { ddl } = to.dialect
  const { options, type } = column
  const isGenerated = property === generatedKeyOf
  writeName(to, databaseName(table, property))
  write(to, ` ${isGenerated ? ddl.autoincrementType ?? columnType(to, lowering, table, property, type.database) : columnType(to, lowering, table, property, type.database)}`)
  if (isGenerated && ddl.inlinePrimaryKey) return write(to, ' primary key')
  if (options.generated === true && options.serverDefault !== undefined) write(to, ` generated always as (${options.serverDefault}) stored`)
  if (options.nullable !== true && options.generated !== true) write(to, ' not null')
  if (options.serverDefault !== undefined && options.generated !== true) write(to, ` default (${options.serverDefault})`)
  if (isGenerated && ddl.autoincrement !== '') write(to, ` ${ddl.autoincrement}`)
  if (type.database.kind === 'enumeration') printEnumeration(to, lowering, databaseName(table, property), type.database.values)
}

const columnType = (to: Writer, lowering: Lowering, table: TableDescriptor, property: string, type: DatabaseType): string => {
  if (type.kind === 'custom' && !isTypeName(type.name)) {
    refuse(lowering, 'operator', `${JSON.stringify(type.name)}, the type of ${table.name}.${property}, is not a type.`, 'Name a type of the database.', { name: type.name })
  }
  return typeName(isInKey(table, property) ? to.dialect.ddl.keyTypes : to.dialect.ddl.types, type)
}

const isInKey = (table: TableDescriptor, property: string): boolean =>
  table.primaryKey.includes(property)
  || [...table.foreignKeys, ...table.uniques, ...table.indexes].some(({ columns }) => columns.includes(property))

const printEnumeration = (to: Writer, lowering: Lowering, name: string, values: readonly string[]): void => {
  write(to, ' check (')
  writeName(to, name)
  write(to, ' in (')
  separated(to, values, (value) => printExpression(to, nested, literal(lowering, value)))
  write(to, '))')
}
