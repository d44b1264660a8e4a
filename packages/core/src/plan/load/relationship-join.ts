// Relationships as conditions between sources: the target opened beside the secondary, and the join condition over their aliases.

import type { ColumnRef, JoinColumn, JoinNode, LazyLeaf, MappedEntity, MappedRelationship } from '../../configure/mapping.js'
import type { Node, Ordering } from '../../expression/node.js'
import type { From, PlanNode } from '../select-ast.js'
import { conditionOver } from './condition-over.js'
import type { Planning } from './planning.js'
import type { EntitySource, Opened, OpenedTables, WithMapping } from './source.js'
import { columnAt, columnOf, openEntity, openSelectable, openTable, openTables } from './source.js'

/** The far side of a relationship, opened. */
export interface Far {
  readonly target: EntitySource
  readonly from: From
  /** The tables of the secondary by the names that join conditions know them by. */
  readonly secondary?: OpenedTables
  /** Alias by table, of those that the condition reads besides. */
  readonly others?: ReadonlyMap<string, string>
}

/** The far side as conditions see it. */
export interface FarSide extends Pick<Far, 'target' | 'others'> { readonly secondary?: Pick<OpenedTables, 'tables'> }

/** Opens the target of a relationship, or the entity that it is narrowed to, and its secondary; a target that is open already is `given`. */
export const openFar = (planning: Planning, relationship: MappedRelationship, target: MappedEntity, aliased: boolean, polymorphic: readonly string[] = [], given?: Opened): Far => {
  const secondary = relationship.secondary === undefined ? undefined : openTables(planning, relationship.secondary)
  const { source, from: targetFrom } = given ?? (relationship.alias === undefined
    ? openEntity(planning, target, aliased, polymorphic)
    : openSelectable(planning, target, relationship.alias.source, true))
  const others = new Map<string, string>()
  let from: From = targetFrom
  for (const name of relationship.otherTables) {
    const other = openTable(planning, name)
    others.set(name, other.alias)
    from = { _tag: 'join', kind: 'inner', left: from, right: other, on: always }
  }
  return { target: source, from, ...(secondary === undefined ? {} : { secondary }), ...(others.size === 0 ? {} : { others }) }
}

/** The condition of a join whose condition stands elsewhere. */
const always: PlanNode = { _tag: 'fragment', parts: ['1 = 1'], args: [] }

/** The condition between parent and target, or between parent and secondary. */
export const primaryCondition = (planning: WithMapping, relationship: MappedRelationship, parent: EntitySource, far: FarSide): PlanNode =>
  betweenSides(planning, relationship.primaryjoin, parent, far)

/** The condition between secondary and target. */
export const secondaryCondition = (planning: WithMapping, relationship: MappedRelationship, parent: EntitySource | undefined, far: FarSide): PlanNode | undefined =>
  relationship.secondaryjoin === undefined ? undefined : betweenSides(planning, relationship.secondaryjoin, parent, far)

/** The relationship's ordering over the aliases of its far side. */
export const relationshipOrdering = (planning: WithMapping, relationship: MappedRelationship, far: FarSide): readonly Ordering<PlanNode>[] =>
  relationship.orderBy.map((ordering) => ({ ...ordering, arg: betweenSides(planning, ordering.arg, undefined, far) }))

/** A condition with binds: each bind becomes the slot given for it. */
export const lazyCondition = (planning: WithMapping, condition: Node<LazyLeaf>, here: EntitySource, far: Pick<FarSide, 'secondary' | 'others'>, hereIs: 'parent' | 'target', bind: (index: number) => PlanNode): PlanNode =>
  conditionOver(condition, (leaf) => otherColumn(planning, leaf, far)
    ?? (leaf.from === 'secondary' || leaf.from !== hereIs ? secondaryColumn(planning, leaf, far.secondary) : undefined)
    ?? columnOf(planning, here, leaf), bind)

/** A column of the secondary, where the table is one of its. */
export const secondaryColumn = (planning: WithMapping, ref: ColumnRef, secondary: FarSide['secondary']): PlanNode | undefined => {
  const found = secondary?.tables.get(ref.table) ?? [...secondary?.tables.values() ?? []].find(({ table }) => table === ref.table)
  return found === undefined ? undefined : columnAt(planning, found.alias, { table: found.table, column: ref.column })
}

const otherColumn = (planning: WithMapping, leaf: JoinColumn, far: Pick<FarSide, 'others'>): PlanNode | undefined => {
  const alias = leaf.from === 'other' ? far.others?.get(leaf.table) : undefined
  return alias === undefined ? undefined : columnAt(planning, alias, leaf)
}

/** Secondary and target joined to each other, as the right side of a join. */
export const farFrom = (far: Far, secondaryOn: PlanNode | undefined): From =>
  far.secondary === undefined || secondaryOn === undefined ? far.from : { _tag: 'join', kind: 'inner', left: far.secondary.from, right: far.from, on: secondaryOn }

const betweenSides = (planning: WithMapping, condition: JoinNode, parent: EntitySource | undefined, far: FarSide): PlanNode =>
  conditionOver(condition, (leaf) => {
    const other = otherColumn(planning, leaf, far)
    if (other !== undefined) return other
    if (leaf.from === 'secondary') return secondaryColumn(planning, leaf, far.secondary) ?? columnOf(planning, far.target, leaf)
    return columnOf(planning, leaf.from === 'parent' && parent !== undefined ? parent : far.target, leaf)
  })
