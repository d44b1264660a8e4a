// The schema of a set of tables: created in an order that the database accepts, and dropped in the reverse.

import { databaseName } from '@relata/core'
import type { ForeignKeyDescriptor, TableDescriptor } from '@relata/core'
import type { Either } from 'fp-ts/lib/Either.js'
import { left, right } from 'fp-ts/lib/Either.js'
import type { Dialect } from '../dialect/dialect.js'
import type { Query } from '../driver/query.js'
import { lowering } from '../lower/lowering.js'
import type { Lowering } from '../lower/lowering.js'
import type { CompileOptions } from '../print/compiled-statement.js'
import { write, writeName, writer, writeTable } from '../print/writer.js'
import type { Writer } from '../print/writer.js'
import type { SqlError } from '../sql-error.js'
import { constraintName } from './constraint-name.js'
import { named, printColumns, printCreateTable, printForeignKey } from './create-table.js'
import { tableOrder } from './table-order.js'

/**
 * Statements that create the tables, those referred to first, then indexes, then the constraints that close cycles of
 * tables. Left with the first thing that the dialect cannot say.
 *
 * @example
 * const created = createAll(postgres, [users, addresses])
 * if (isRight(created)) for (const query of created.right) await connection.execute(query)
 */
export const createAll = (dialect: Dialect, tables: readonly TableDescriptor[], options: CompileOptions = {}): Either<SqlError, readonly Query[]> =>
  written(dialect, options, (statement) => {
    const others = new Map(tables.map((table) => [table.name, table]))
    const ordered = tableOrder(tables).flat()
    const created = new Set<string>()
    const late: { readonly table: TableDescriptor; readonly foreignKey: ForeignKeyDescriptor }[] = []
    for (const table of ordered) {
      created.add(table.name)
      const isEarly = (foreignKey: ForeignKeyDescriptor): boolean =>
        !dialect.supports.addConstraint || created.has(foreignKey.table) || !others.has(foreignKey.table)
      late.push(...table.foreignKeys.filter((foreignKey) => !isEarly(foreignKey)).map((foreignKey) => ({ table, foreignKey })))
      statement(table.name, (to, lower) => printCreateTable(to, lower, table, table.foreignKeys.filter(isEarly), others))
    }
    for (const table of ordered) {
      for (const index of table.indexes) statement(table.name, (to) => printIndex(to, table, index))
    }
    for (const { table, foreignKey } of late) {
      const name = foreignKey.name ?? constraintName(dialect, 'fk', table.name, foreignKey.columns.map((property) => databaseName(table, property)))
      statement(table.name, (to, lower) => {
        write(to, 'alter table ')
        writeTable(to, named(table))
        write(to, ' add ')
        printForeignKey(to, lower, table, { ...foreignKey, name }, others)
      })
    }
  })

/** Statements that drop the tables where they exist, those that refer to others first. */
export const dropAll = (dialect: Dialect, tables: readonly TableDescriptor[], options: CompileOptions = {}): Either<SqlError, readonly Query[]> =>
  written(dialect, options, (statement) => {
    const { aroundCycle, dropInCycle } = dialect.ddl
    const groups = tableOrder(tables).toReversed()
    const around = groups.some((group) => group.length > 1) ? aroundCycle : undefined
    for (const text of around?.before ?? []) statement('', (to) => write(to, text))
    for (const group of groups) {
      for (const table of group.toReversed()) {
        statement(table.name, (to) => {
          write(to, 'drop table if exists ')
          writeTable(to, named(table))
          if (group.length > 1 && dropInCycle !== '') write(to, ` ${dropInCycle}`)
        })
      }
    }
    for (const text of around?.after ?? []) statement('', (to) => write(to, text))
  })

type Statement = (table: string, print: (to: Writer, lower: Lowering) => void) => void

const written = (dialect: Dialect, options: CompileOptions, statements: (statement: Statement) => void): Either<SqlError, readonly Query[]> => {
  const queries: Query[] = []
  const problems: SqlError[] = []
  statements((table, print) => {
    const to = writer(dialect, { rows: 1, lists: new Map() }, options.pretty === true)
    const lower = lowering(dialect, 'none')
    print(to, lower)
    problems.push(...lower.problems, ...to.problems)
    queries.push({ sql: to.text, params: [], kind: 'ddl', table })
  })
  const [first] = problems
  return first === undefined ? right(queries) : left(first)
}

const printIndex = (to: Writer, table: TableDescriptor, { name, columns, unique }: TableDescriptor['indexes'][number]): void => {
  write(to, unique ? 'create unique index ' : 'create index ')
  writeName(to, name ?? constraintName(to.dialect, 'ix', table.name, columns.map((property) => databaseName(table, property))))
  write(to, ' on ')
  writeTable(to, named(table))
  write(to, ' ')
  printColumns(to, table, columns)
}
