// An entity over a join: its tables, how they are joined, and which of their columns are the same.

import * as E from 'fp-ts/lib/Either.js'
import type { EntityDescriptor } from '../../mapping/entity-descriptor.js'
import { readSecondary } from '../argument/secondary.js'
import { columnKey, columnRef } from '../column-ref.js'
import { isColumn } from '../join/condition.js'
import type { Condition } from '../join/condition.js'
import { sourcesOf } from '../join/selectable.js'
import type { Selectable } from '../join/selectable.js'
import type { ColumnRef } from '../mapping.js'
import { mappingError } from '../mapping-error.js'
import type { MappingError } from '../mapping-error.js'
import type { Names } from './layout.js'

export interface JoinedTables {
  readonly source: Selectable
  readonly tables: readonly string[]
  /** The columns that the join equates, the later one first. */
  readonly pairs: readonly (readonly [ColumnRef, ColumnRef])[]
}

/** Undefined for an entity of one table. */
export const readJoinedTables = (entity: string, { join, options }: EntityDescriptor, names: Names): E.Either<readonly MappingError[], JoinedTables | undefined> => {
  if (join === undefined) return E.right(undefined)
  const fail = (message: string, hint: string): E.Either<readonly MappingError[], never> => E.left([mappingError('argument', message, { entity }, hint)])
  if (options.inherits !== undefined) return fail(
    `${entity} is over a join and inherits from ${options.inherits}.`,
    'Remove inherits, or write entity(…) of the one table that the entity adds to those it inherits.',
  )
  const read = readSecondary(names, join)
  if (E.isLeft(read)) return fail(`The join of ${entity} cannot be used: ${read.left.message}.`, 'Write entity(tableJoin(users, profiles, eq(users.c.id, profiles.c.userId)), { … }).')
  const sources = sourcesOf(read.right)
  const renamed = sources.find(({ table, alias }) => table !== alias)
  if (renamed !== undefined) return fail(
    `The join of ${entity} has '${renamed.table}' under another name, and an entity writes tables as themselves.`,
    `Join '${renamed.table}' itself; or keep the entity of one table, and let a relationship lead to alias('${entity}', tableJoin(…), 'joined').`,
  )
  const tables = sources.map(({ table }) => table)
  const later = (a: ColumnRef, b: ColumnRef): boolean => tables.indexOf(a.table) > tables.indexOf(b.table)
  return E.right({ source: read.right, tables, pairs: equalities(read.right).map(([a, b]) => (later(a, b) ? [a, b] : [b, a])) })
}

/** The earlier column that a column is the same as. */
export const sameColumnsOf = ({ pairs }: JoinedTables) => (column: ColumnRef): ColumnRef | undefined =>
  pairs.find(([later]) => columnKey(later) === columnKey(column))?.[1]

/** The pairs of plain columns that the joins equate, wherever they have to be equal. */
const equalities = (selectable: Selectable): readonly (readonly [ColumnRef, ColumnRef])[] =>
  selectable._tag === 'table' ? [] : [...equalities(selectable.left), ...equalities(selectable.right), ...equated(selectable.on)]

const equated = (condition: Condition): readonly (readonly [ColumnRef, ColumnRef])[] => {
  if (condition._tag === 'logical' && condition.operator === 'and') return condition.args.flatMap(equated)
  if (condition._tag !== 'binary' || condition.operator !== 'eq') return []
  const { left, right } = condition
  return isColumn(left) && isColumn(right) ? [[columnRef(left), columnRef(right)]] : []
}
