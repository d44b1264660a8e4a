// Second pass: the condition between parent and target, as given or by the foreign keys between their tables.

import * as E from 'fp-ts/lib/Either.js'
import { columnKey } from '../column-ref.js'
import { sourcesOf } from './selectable.js'
import type { Layout } from '../entity/layout.js'
import type { ColumnRef } from '../mapping.js'
import type { MappingError } from '../mapping-error.js'
import type { Targeted } from '../resolve-target.js'
import { conditionColumn, someColumn } from './condition.js'
import type { Condition } from './condition.js'
import { ambiguousForeignKeys, noForeignKeys } from './foreign-key-errors.js'
import type { Path } from './foreign-key-errors.js'

export interface Joined extends Targeted {
  readonly primaryjoin: Condition
  readonly secondaryjoin?: Condition
  /** Which marks the program itself put into the primaryjoin: a pass leaves a kind alone that is there already. */
  readonly marksGiven: { readonly foreign: boolean; readonly remote: boolean; readonly local: boolean }
}

/** Never guesses: no path and more than one are errors. */
export const findJoin = (layout: Layout) => (relationship: Targeted): E.Either<readonly MappingError[], Joined> => {
  const { entity, targetEntity, secondary, givenPrimaryjoin, givenSecondaryjoin, givenForeignKeys } = relationship
  const parent: Side = { tables: entity.tables.map(plain), own: [plain(entity.table)] }
  const target: Side = { tables: targetEntity.tables.map(plain), own: [plain(targetEntity.table)] }
  const errors: MappingError[] = []
  const find = (a: Side, b: readonly NamedTable[]): Condition | undefined => {
    const found = joinByForeignKeys(layout, a, b, givenForeignKeys)
    if (E.isRight(found)) return found.right
    errors.push(found.left.length === 0
      ? noForeignKeys(relationship, a.own[0]?.table ?? entity.table, b.map(({ table }) => table), E.isRight(joinByForeignKeys(layout, a, b, [])))
      : ambiguousForeignKeys(layout, relationship, found.left))
    return undefined
  }
  const secondaryjoin = givenSecondaryjoin ?? (secondary === undefined ? undefined : find(target, sourcesOf(secondary)))
  const primaryjoin = givenPrimaryjoin ?? find(parent, secondary === undefined ? target.tables : sourcesOf(secondary))
  // Where both sides are one table, both find the same fault.
  if (primaryjoin === undefined || errors.length > 0) return E.left(errors.filter(({ message }, index) => errors.findIndex((each) => each.message === message) === index))
  return E.right({
    ...relationship, primaryjoin,
    ...secondaryjoin === undefined ? {} : { secondaryjoin },
    marksGiven: {
      foreign: someColumn(primaryjoin, (column) => column.foreign),
      remote: someColumn(primaryjoin, (column) => column.remote),
      local: someColumn(primaryjoin, (column) => column.local),
    },
  })
}

interface NamedTable { readonly table: string; readonly alias: string }
/** All tables of a side, and those to try first. */
interface Side { readonly tables: readonly NamedTable[]; readonly own: readonly NamedTable[] }

const plain = (table: string): NamedTable => ({ table, alias: table })

/** The one path of foreign keys between two sides; else all that there are. */
export const joinByForeignKeys = (layout: Layout, a: Side, b: readonly NamedTable[], among: readonly ColumnRef[]): E.Either<readonly Path[], Condition> => {
  const chosen = among.length === 0 ? undefined : new Set(among.map(columnKey))
  let paths: readonly ForeignPath[] = []
  // An entity's own table is more specific than those it inherits from.
  for (const left of [a.own, a.tables]) {
    paths = merge([...pathsFrom(layout, b, left, chosen), ...sameTables(left, b) ? [] : pathsFrom(layout, left, b, chosen)])
    if (paths.length > 0) break
  }
  const exact = paths.length > 1 && chosen !== undefined ? paths.filter((path) => path.columns.size === chosen.size && [...path.columns].every((column) => chosen.has(column))) : paths
  const distinct = new Map(exact.map((path) => [JSON.stringify(path.pairs), path.pairs]))
  const only = [...distinct.values()][0]
  if (only === undefined || distinct.size > 1) return E.left(paths.map((path) => path.whole))
  const equalities = only.map(([referred, referring]): Condition => ({ _tag: 'binary', operator: 'eq', left: conditionColumn(referred), right: conditionColumn(referring) }))
  const [first, ...rest] = equalities
  return E.right(first !== undefined && rest.length === 0 ? first : { _tag: 'logical', operator: 'and', args: equalities })
}

/** A foreign key as a path: the pairs chosen of it, and all its columns. */
interface ForeignPath { readonly id: string; readonly pairs: Path; readonly whole: Path; readonly columns: ReadonlySet<string> }

const pathsFrom = (layout: Layout, referring: readonly NamedTable[], referred: readonly NamedTable[], chosen: ReadonlySet<string> | undefined): readonly ForeignPath[] =>
  referring.flatMap((source) => (layout.foreignKeys.get(source.table) ?? []).flatMap((key, index): readonly ForeignPath[] => {
    const destination = referred.find(({ table }) => table === key.references[0]?.table)
    if (destination === undefined) return []
    const columns = key.columns.map(({ column }) => ({ table: source.alias, column }))
    const whole = columns.flatMap((column, position): Path => {
      const reference = key.references[position]
      return reference === undefined ? [] : [[{ table: destination.alias, column: reference.column }, column]]
    })
    const pairs = chosen === undefined ? whole : whole.filter(([, column]) => chosen.has(columnKey(column)))
    return pairs.length === 0 ? [] : [{ id: `${source.alias}\u0000${index}`, pairs, whole, columns: new Set(columns.map(columnKey)) }]
  }))

/** One path a foreign key; one that runs within a table of both sides is met from each of them. */
const merge = (paths: readonly ForeignPath[]): readonly ForeignPath[] => {
  const merged = new Map<string, ForeignPath>()
  for (const path of paths) {
    const known = merged.get(path.id)
    merged.set(path.id, known === undefined ? path : { ...known, pairs: [...known.pairs, ...path.pairs] })
  }
  return [...merged.values()]
}

const sameTables = (a: readonly NamedTable[], b: readonly NamedTable[]): boolean =>
  a.length === b.length && a.every(({ alias }, index) => alias === b[index]?.alias)
