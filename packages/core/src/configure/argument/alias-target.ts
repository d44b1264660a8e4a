// A target that is an alias: the entity as it is read from another source, for the passes that follow.

import * as E from 'fp-ts/lib/Either.js'
import { columnKey, columnText } from '../column-ref.js'
import { derivedColumns } from '../entity/derive-table.js'
import type { EntityLayout, Layout } from '../entity/layout.js'
import { sourcesOf } from '../join/selectable.js'
import type { Selectable } from '../join/selectable.js'
import type { ColumnRef } from '../mapping.js'
import { didYouMean } from '../suggest.js'
import type { Fault } from './condition-shape.js'
import { readSecondary } from './secondary.js'

/** The layout of an entity whose columns are read from what the alias names; its key must be among them. */
export const aliasedEntity = (layout: Layout, entity: EntityLayout, given: Readonly<Record<string, unknown>>): E.Either<Fault, EntityLayout> => {
  const { alias } = given
  if (typeof alias !== 'string' || alias === '') return E.left({
    message: 'the alias has no name',
    hint: `Write alias('${entity.name}', subquery('ranked', …)), or a join with a name: alias('${entity.name}', tableJoin(…), 'joined').`,
  })
  if (layout.entities[alias] !== undefined) return E.left({
    message: `the alias has the name of an entity, '${alias}'`,
    hint: 'Give the alias a name of its own, by which conditions and options can speak of it.',
  })
  const read = readSecondary(layout, given['source'])
  if (E.isLeft(read)) return E.left({ message: `its source cannot be read from: ${read.left.message}`, hint: `Write alias('${entity.name}', …) with a subquery, a table under another name, or a join of tables.` })
  const source = byAlias(read.right)
  const names = sourcesOf(source).map((each) => each.alias)
  const key = entity.primaryKeyColumns.map((column) => columnAmong(layout, names, column))
  const missing = entity.primaryKeyColumns.filter((_, index) => key[index] === undefined)
  if (missing.length > 0) return E.left({
    message: `${names.map((name) => `'${name}'`).join(', ')} does not give ${missing.map(columnText).join(', ')}, by which objects of ${entity.name} are told apart`,
    hint: `Let its query select ${missing.map(({ table, column }) => `${column}: ${table}.c.${column}`).join(', ')}. ${didYouMean(missing[0]?.column ?? '', names.flatMap((name) => Object.keys(layout.tables[name]?.columns ?? {})))}`,
  })
  const [table = entity.table] = names
  return E.right({ ...entity, alias, source, table, tables: names, tableSet: new Set(names), primaryKeyColumns: key.filter((each) => each !== undefined) })
}

/** Where the sources named give a column: as it is, or as one of what stands for its table. */
const columnAmong = (layout: Layout, names: readonly string[], column: ColumnRef): ColumnRef | undefined =>
  names.includes(column.table) ? column
    : names.flatMap((name) => derivedColumns(layout.tables, name)).find(([, of]) => columnKey(of) === columnKey(column))?.[0]

/** Tables under other names are known by these. */
const byAlias = (selectable: Selectable): Selectable => (selectable._tag === 'table'
  ? { _tag: 'table', table: selectable.alias, alias: selectable.alias }
  : { ...selectable, left: byAlias(selectable.left), right: byAlias(selectable.right) })
