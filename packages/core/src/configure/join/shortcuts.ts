// Ninth pass: what loading can leave out. A clause that is a primary key lookup can be answered by the identity map, and a
// selectin load whose other end is the parent's key need not read the parent's table.

import type { Node } from '../../expression/node.js'
import type { DatabaseType } from '../../schema/database-type.js'
import { columnKey } from '../column-ref.js'
import { areEquivalent, haveCommonAncestor } from '../entity/layout.js'
import type { EntityLayout, Layout } from '../entity/layout.js'
import type { ColumnRef, LazyClause, LazyLeaf } from '../mapping.js'
import type { Lazied } from './lazy-clause.js'

export interface Shortened extends Lazied {
  readonly useGet: boolean
  /** The parent's columns that hold the target's key, in the key's order. */
  readonly useGetColumns: readonly ColumnRef[]
  readonly omitJoin: boolean
  readonly selfReferential: boolean
}

export const findShortcuts = (layout: Layout) => (relationship: Lazied): Shortened => {
  const { entity, targetEntity, direction, uselist, settings, lazyClause, reverseLazyClause } = relationship
  const selfReferential = haveCommonAncestor(entity, targetEntity)
  // An alias may leave out what the identity map has.
  const lookup = uselist || targetEntity.alias !== undefined ? undefined : keyLookup(layout, targetEntity, lazyClause)
  const coversParent = (): boolean => {
    const sources = relationship.synchronizePairs.map(({ source }) => source)
    return entity.primaryKeyColumns.every((key) => sources.some((source) => areEquivalent(layout, key, source)))
  }
  const omitJoin = settings.omitJoin ?? (
    direction === 'many-to-one' ? lookup !== undefined
    : direction === 'many-to-many' && !selfReferential ? coversParent()
    : keyLookup(layout, entity, reverseLazyClause) !== undefined)
  return { ...relationship, useGet: lookup !== undefined, useGetColumns: lookup ?? [], omitJoin, selfReferential }
}

/** If a clause is the lookup of an entity by its primary key and nothing else: the columns whose values are the key. */
const keyLookup = (layout: Layout, entity: EntityLayout, clause: LazyClause): readonly ColumnRef[] | undefined => {
  if (clause.secondaryCondition !== undefined) return undefined
  const equalities = conjuncts(clause.condition)
  if (equalities.length !== entity.primaryKeyColumns.length) return undefined
  const bound = new Map<string, ColumnRef>()
  for (const equality of equalities) {
    if (equality._tag !== 'binary' || equality.operator !== 'eq') return undefined
    const [column, parameter] = equality.left._tag === 'bind' ? [equality.right, equality.left] : [equality.left, equality.right]
    if (column._tag !== 'joinColumn' || parameter._tag !== 'bind') return undefined
    const source = clause.binds[parameter.index]
    const key = entity.primaryKeyColumns.find((each) => areEquivalent(layout, each, column))
    if (source === undefined || key === undefined || affinity(layout, source) !== affinity(layout, key)) return undefined
    bound.set(columnKey(key), source)
  }
  const columns = entity.primaryKeyColumns.map((key) => bound.get(columnKey(key)))
  return columns.includes(undefined) ? undefined : columns.filter((column) => column !== undefined)
}

const conjuncts = (condition: Node<LazyLeaf>): readonly Node<LazyLeaf>[] =>
  condition._tag === 'logical' && condition.operator === 'and' ? condition.args.flatMap(conjuncts) : [condition]

/** Values of different kinds are not the same key, though a database may compare them. */
const affinity = (layout: Layout, { table, column }: ColumnRef): string => {
  const kind: DatabaseType['kind'] | undefined = layout.tables[table]?.columns[column]?.type.database.kind
  switch (kind) {
    case 'bigint': return 'integer'
    case 'varchar':
    case 'enumeration': return 'text'
    case 'numeric': return 'real'
    default: return kind ?? ''
  }
}
