// The attributes of an entity: those of its parent, then one for each of its own columns that it maps.

import type { EntityDescriptor } from '../../mapping/entity-descriptor.js'
import type { TableDescriptor } from '../../schema/table-descriptor.js'
import type { Column } from '../../schema/column.js'
import type { ColumnRef, MappedAttribute } from '../mapping.js'
import { columnKey } from '../column-ref.js'
import { mappingError } from '../mapping-error.js'
import type { MappingError } from '../mapping-error.js'
import { lookUp } from '../record.js'
import { reservedName, reservedNames } from './read-registry.js'
import { didYouMean } from '../suggest.js'

/** The earlier column of a join that a column is the same as. */
export type SameColumns = (column: ColumnRef) => ColumnRef | undefined

export interface Attributes {
  readonly attributes: readonly MappedAttribute[]
  readonly errors: readonly MappingError[]
}

/** `inherited` are the attributes of the entity above, in slot order; none for a concrete one. Of a join, `same` are the columns that it equates. */
export const layAttributes = (entity: string, { options }: EntityDescriptor, inherited: readonly MappedAttribute[], tables: readonly TableDescriptor[], same: SameColumns = () => undefined): Attributes => {
  const errors: MappingError[] = []
  const known = tables.flatMap((table) => Object.keys(table.columns))
  const named = tables.map(({ name }) => `'${name}'`).join(' or ')
  const isColumn = (option: string, column: unknown): boolean => {
    if (typeof column === 'string' && known.includes(column)) return true
    errors.push(mappingError(
      'argument',
      `{ ${option} } of ${entity} names '${String(column)}', which is not a column of ${named}.`,
      { entity, tables: tables.map(({ name }) => name) },
      `Name columns by their property names. ${typeof column === 'string' ? didYouMean(column, known) : ''}`.trim(),
    ))
    return false
  }
  const names = new Map<string, string>()
  for (const [attribute, column] of Object.entries(options.attributes ?? {})) if (isColumn('attributes', column)) names.set(column, attribute)
  const include = options.include === undefined ? undefined : new Set(options.include.filter((column) => isColumn('include', column)))
  const exclude = new Set((options.exclude ?? []).filter((column) => isColumn('exclude', column)))
  const mapped = new Set(inherited.flatMap((attribute) => [attribute, ...attribute.also].map(columnKey)))
  const attributes = [...inherited]
  const positions = new Map(attributes.map((attribute, index) => [attribute.name, index]))
  for (const table of tables) for (const [column, declared] of Object.entries(table.columns)) {
    const ref: ColumnRef = { table: table.name, column }
    const renamed = names.get(column)
    const first = same(ref)
    const held = first === undefined ? -1 : attributes.findIndex((each) => [each, ...each.also].some((other) => columnKey(other) === columnKey(first)))
    const holding = attributes[held]
    if (first !== undefined && holding !== undefined) {
      attributes[held] = { ...holding, also: [...holding.also, ref] }
      if (column !== holding.name && !exclude.has(column)) errors.push(mappingError(
        'argument',
        `The join of ${entity} makes ${table.name}.${column} the same as ${first.table}.${first.column}, so that it is no attribute of its own.`,
        { entity, attribute: column, tables: [first.table, table.name], columns: [`${first.table}.${first.column}`, `${table.name}.${column}`] },
        `Write { exclude: ['${column}'] }: ${holding.name} stands for both.`,
      ))
      continue
    }
    if (mapped.has(columnKey(ref)) || exclude.has(column) || (include !== undefined && renamed === undefined && !include.has(column))) continue
    const name = renamed ?? column
    if (reservedNames.has(name)) errors.push(reservedName(entity, name))
    const position = positions.get(name)
    const above = position === undefined ? undefined : attributes[position]
    if (position === undefined || above === undefined) {
      positions.set(name, attributes.length)
      attributes.push(attributeOf(entity, table, options, name, column, declared))
    } else if (above.table === table.name || tables.length > 1) {
      errors.push(mappingError(
        'argument',
        `${entity} has two columns for one attribute '${name}': ${above.table}.${above.column} and ${table.name}.${column}.`,
        { entity, attribute: name, tables: [table.name], columns: [`${above.table}.${above.column}`, `${table.name}.${column}`] },
        tables.length > 1 ? `Equate them in the join, or call the column of one of the two tables something else: ${column}_: column(…, { name: '${column}' }).` : `Give one of them a name of its own: { attributes: { other: '${column}' } }.`,
      ))
    } else {
      // One attribute of a joined line may be kept in several tables: what is written to one is written to all.
      attributes[position] = { ...above, also: [...above.also, ref] }
    }
  }
  return { attributes: attributes.map((attribute, slot) => ({ ...attribute, slot })), errors }
}

const attributeOf = (entity: string, table: TableDescriptor, options: EntityDescriptor['options'], name: string, column: string, declared: Column<unknown>): MappedAttribute => {
  const deferred = options.deferred
  const group = deferred !== undefined && !isList(deferred) ? lookUp(deferred, name) : undefined
  const primaryKey = table.primaryKey.includes(column)
  return {
    name, slot: 0, table: table.name, column,
    databaseName: declared.options.name ?? column,
    descriptor: declared, primaryKey,
    nullable: !primaryKey && declared.options.nullable === true,
    generated: generatedOf(table, column, declared),
    also: [],
    deferred: deferred !== undefined && (isList(deferred) ? deferred.includes(name) : group !== undefined),
    ...group === undefined || group === '' ? {} : { deferredGroup: group },
    declaredBy: entity,
  }
}

const isList = (deferred: readonly string[] | Readonly<Record<string, string>>): deferred is readonly string[] => Array.isArray(deferred)

/** A single integer primary key that refers to nothing is the database's to make, unless the program has a default for it. */
const generatedOf = (table: TableDescriptor, column: string, { type, options }: Column<unknown>): MappedAttribute['generated'] => {
  if (options.generated === true) return 'always'
  if (options.serverDefault !== undefined) return 'serverDefault'
  const integral = type.database.kind === 'integer' || type.database.kind === 'bigint'
  const refers = options.references !== undefined || table.foreignKeys.some((key) => key.columns.includes(column))
  const own = table.primaryKey.includes(column) && integral && options.default === undefined
  return own && (options.autoincrement === true || (options.autoincrement === undefined && table.primaryKey.length === 1 && !refers)) ? 'key' : 'none'
}
