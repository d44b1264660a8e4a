// Second pass: the condition between parent and target, as given or by the foreign keys between their tables.

import * as E from 'fp-ts/lib/Either.js'
import { columnKey, columnText } from '../column-ref.js'
import { sourcesOf } from '../argument/secondary.js'
import { detailOf } from '../declaration.js'
import type { Layout } from '../entity/layout.js'
import type { ColumnRef } from '../mapping.js'
import { mappingError } from '../mapping-error.js'
import type { MappingError } from '../mapping-error.js'
import type { Targeted } from '../resolve-target.js'
import { conditionColumn, someColumn } from './condition.js'
import type { Condition } from './condition.js'

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
    errors.push(found.left.length === 0 ? noForeignKeys(layout, relationship, a, b) : ambiguousForeignKeys(relationship, found.left))
    return undefined
  }
  const secondaryjoin = givenSecondaryjoin ?? (secondary === undefined ? undefined : find(target, sourcesOf(secondary)))
  const primaryjoin = givenPrimaryjoin ?? find(parent, secondary === undefined ? target.tables : sourcesOf(secondary))
  if (primaryjoin === undefined || errors.length > 0) return E.left(errors)
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

type Path = readonly (readonly [referred: ColumnRef, referring: ColumnRef])[]

/** The one path of foreign keys between two sides; else all that there are, in terms of the referring columns. */
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
  if (only === undefined || distinct.size > 1) return E.left(paths.map((path) => path.pairs))
  const equalities = only.map(([referred, referring]): Condition => ({ _tag: 'binary', operator: 'eq', left: conditionColumn(referred), right: conditionColumn(referring) }))
  const [first, ...rest] = equalities
  return E.right(first !== undefined && rest.length === 0 ? first : { _tag: 'logical', operator: 'and', args: equalities })
}

/** A foreign key as a path: the pairs chosen of it, and all its columns. */
interface ForeignPath { readonly id: string; readonly pairs: Path; readonly columns: ReadonlySet<string> }

const pathsFrom = (layout: Layout, referring: readonly NamedTable[], referred: readonly NamedTable[], chosen: ReadonlySet<string> | undefined): readonly ForeignPath[] =>
  referring.flatMap((source) => (layout.foreignKeys.get(source.table) ?? []).flatMap((key, index): readonly ForeignPath[] => {
    const destination = referred.find(({ table }) => table === key.references[0]?.table)
    if (destination === undefined) return []
    const columns = key.columns.map(({ column }) => ({ table: source.alias, column }))
    const pairs = columns.flatMap((column, position): Path => {
      const reference = key.references[position]
      return reference === undefined || (chosen !== undefined && !chosen.has(columnKey(column))) ? [] : [[{ table: destination.alias, column: reference.column }, column]]
    })
    return pairs.length === 0 ? [] : [{ id: `${source.alias}\u0000${index}`, pairs, columns: new Set(columns.map(columnKey)) }]
  }))

/** One path a foreign key: sides that share tables meet one twice. */
const merge = (paths: readonly ForeignPath[]): readonly ForeignPath[] => [...new Map(paths.map((path) => [path.id, path])).values()]

const sameTables = (a: readonly NamedTable[], b: readonly NamedTable[]): boolean =>
  a.length === b.length && a.every(({ alias }, index) => alias === b[index]?.alias)

const noForeignKeys = (layout: Layout, relationship: Targeted, a: Side, b: readonly NamedTable[]): MappingError => {
  const { key, secondary, targetEntity, entity } = relationship
  const own = a.own[0]?.table ?? ''
  const other = b.map(({ table }) => table)
  const detail = { ...detailOf(relationship), tables: [...a.tables.map(({ table }) => table), ...other] }
  if (secondary === undefined) {
    const referred = targetEntity.primaryKeyColumns[0]
    const property = `${targetEntity.name.slice(0, 1).toLowerCase()}${targetEntity.name.slice(1)}Id`
    const chosen = relationship.givenForeignKeys.length > 0 && E.isRight(joinByForeignKeys(layout, a, b, []))
    return mappingError('no-foreign-keys', `${key}: ${chosen ? 'none of the columns in foreignKeys is part of a' : 'there is no'} foreign key between '${own}' and '${other.join('\', \'')}', so it cannot be said how their rows belong together.`, detail,
      `Declare the key, such as ${property}: column(integer, { references: '${referred === undefined ? `${other[0] ?? ''}.id` : columnText(referred)}' }) in '${own}' (or the other way round), or give the condition: primaryjoin: () => eq(${own}.c.…, foreign(${other[0] ?? ''}.c.…)).`)
  }
  return mappingError('no-foreign-keys', `${key}: there is no foreign key from the secondary '${other.join('\', \'')}' to '${own}'.`, detail,
    `Let a column of '${other[0] ?? ''}' refer to '${own}' with { references: '${own}.id' }, or give both conditions: primaryjoin (from '${entity.table}' to the secondary) and secondaryjoin (from '${targetEntity.table}' to the secondary).`)
}

const ambiguousForeignKeys = (relationship: Targeted, paths: readonly Path[]): MappingError => {
  const { key, secondary } = relationship
  const columns = paths.map((path) => path.map(([, referring]) => columnText(referring)))
  const listed = columns.map((path) => (path.length === 1 ? path[0] : `(${path.join(', ')})`)).join(' and ')
  const detail = { ...detailOf(relationship), columns: columns.flat() }
  const first = (columns[0] ?? []).map((column) => `'${column}'`).join(', ')
  return secondary === undefined
    ? mappingError('ambiguous-foreign-keys', `${key}: there are ${paths.length} foreign keys to go by, ${listed}.`, detail, `Say which: foreignKeys: [${first}]. A relationship of the other side needs the same.`)
    : mappingError('ambiguous-foreign-keys', `${key}: the secondary has ${paths.length} foreign keys to one side, ${listed}.`, detail, `Say which for both sides: foreignKeys: [${first}, …] with one path to '${relationship.entity.table}' and one to '${relationship.targetEntity.table}', or give primaryjoin and secondaryjoin.`)
}
