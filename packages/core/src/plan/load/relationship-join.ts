// Relationships as conditions between sources: the target opened beside the secondary, and the join condition over their aliases.

import type { ColumnRef, JoinColumn, JoinNode, LazyLeaf, MappedEntity, MappedRelationship, SecondarySource } from '../../configure/mapping.js'
import { mapLeaves } from '../../expression/map-children.js'
import type { Literal, Node, Ordering } from '../../expression/node.js'
import type { From, PlanLeaf, PlanNode } from '../select-ast.js'
import type { Planning } from './planning.js'
import { refuse } from './query-error.js'
import type { EntitySource } from './source.js'
import { columnAt, columnOf, openEntity, openTable } from './source.js'

/** The tables of a secondary by the names that join conditions know them by. */
export interface Secondary { readonly from: From; readonly tables: ReadonlyMap<string, { readonly table: string; readonly alias: string }> }

/** The far side of a relationship, opened. */
export interface Far {
  readonly target: EntitySource
  readonly from: From
  readonly secondary?: Secondary
  /** Alias by table, of those that the condition reads besides. */
  readonly others?: ReadonlyMap<string, string>
}

/** Opens the target of a relationship, or the entity that it is narrowed to, and its secondary. */
export const openFar = (planning: Planning, relationship: MappedRelationship, target: MappedEntity, aliased: boolean, polymorphic: readonly string[] = []): Far => {
  const secondary = relationship.secondary === undefined ? undefined : openSecondary(planning, relationship.secondary)
  const { source, from: targetFrom } = openEntity(planning, target, aliased, polymorphic)
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
export const primaryCondition = (planning: Planning, relationship: MappedRelationship, parent: EntitySource, far: Far): PlanNode =>
  joinNode(planning, relationship.primaryjoin, parent, far)

/** The condition between secondary and target. */
export const secondaryCondition = (planning: Planning, relationship: MappedRelationship, parent: EntitySource | undefined, far: Far): PlanNode | undefined =>
  relationship.secondaryjoin === undefined ? undefined : joinNode(planning, relationship.secondaryjoin, parent, far)

/** The relationship's ordering over the aliases of its far side. */
export const relationshipOrdering = (planning: Planning, relationship: MappedRelationship, far: Far): readonly Ordering<PlanNode>[] =>
  relationship.orderBy.map((ordering) => ({ ...ordering, arg: joinNode(planning, ordering.arg, undefined, far) }))

/** A condition with binds: each bind becomes the slot given for it. */
export const lazyCondition = (planning: Planning, condition: Node<LazyLeaf>, here: EntitySource, far: Pick<Far, 'secondary' | 'others'>, hereIs: 'parent' | 'target', bind: (index: number) => PlanNode): PlanNode =>
  mapLeaves<LazyLeaf, PlanLeaf>(condition, (leaf) => {
    switch (leaf._tag) {
      case 'bind': return bind(leaf.index)
      case 'literal': return constant(leaf)
      case 'null': return leaf
      case 'joinColumn': return otherColumn(planning, leaf, far) ?? (leaf.from === 'secondary' || leaf.from !== hereIs ? secondaryColumn(planning, leaf, far.secondary) ?? columnOf(planning, here, leaf) : columnOf(planning, here, leaf))
    }
  })

/** A column of the secondary, where the table is one of its. */
export const secondaryColumn = (planning: Planning, ref: ColumnRef, secondary: Secondary | undefined): PlanNode | undefined => {
  const found = secondary?.tables.get(ref.table)
  return found === undefined ? undefined : columnAt(planning, found.alias, { table: found.table, column: ref.column })
}

const otherColumn = (planning: Planning, leaf: JoinColumn, far: Pick<Far, 'others'>): PlanNode | undefined => {
  const alias = leaf.from === 'other' ? far.others?.get(leaf.table) : undefined
  return alias === undefined ? undefined : columnAt(planning, alias, leaf)
}

/** Secondary and target joined to each other, as the right side of a join. */
export const farFrom = (far: Far, secondaryOn: PlanNode | undefined): From =>
  far.secondary === undefined || secondaryOn === undefined ? far.from : { _tag: 'join', kind: 'inner', left: far.secondary.from, right: far.from, on: secondaryOn }

const openSecondary = (planning: Planning, source: SecondarySource): Secondary => {
  const tables = new Map<string, { table: string; alias: string }>()
  const open = (each: SecondarySource): From => {
    if (each._tag === 'table') {
      const from = openTable(planning, each.table)
      tables.set(each.alias, { table: each.table, alias: from.alias })
      if (!tables.has(each.table)) tables.set(each.table, { table: each.table, alias: from.alias })
      return from
    }
    const left = open(each.left)
    const right = open(each.right)
    return { _tag: 'join', kind: each.outer ? 'left' : 'inner', left, right, on: secondaryOnly(planning, each.on, tables) }
  }
  return { from: open(source), tables }
}

const secondaryOnly = (planning: Planning, on: JoinNode, tables: Secondary['tables']): PlanNode =>
  mapLeaves<Extract<JoinNode, { _tag: 'joinColumn' | 'literal' | 'null' }>, PlanLeaf>(on, (leaf) => {
    if (leaf._tag === 'literal') return constant(leaf)
    if (leaf._tag === 'null') return leaf
    const found = tables.get(leaf.table)
    return found === undefined
      ? refuse('argument', `the secondary's own join reads ${leaf.table}, which is not part of it`, 'name only tables of the secondary in its join')
      : columnAt(planning, found.alias, { table: found.table, column: leaf.column })
  })

const joinNode = (planning: Planning, node: JoinNode, parent: EntitySource | undefined, far: Far): PlanNode =>
  mapLeaves<Extract<JoinNode, { _tag: 'joinColumn' | 'literal' | 'null' }>, PlanLeaf>(node, (leaf) => {
    switch (leaf._tag) {
      case 'literal': return constant(leaf)
      case 'null': return leaf
      case 'joinColumn': {
        const other = otherColumn(planning, leaf, far)
        if (other !== undefined) return other
        if (leaf.from === 'secondary') return secondaryColumn(planning, leaf, far.secondary) ?? columnOf(planning, far.target, leaf)
        if (leaf.from === 'parent' && parent !== undefined) return columnOf(planning, parent, leaf)
        return columnOf(planning, far.target, leaf)
      }
    }
  })

/** A constant of the mapping. Marks are of the mapping alone and mean nothing in a statement. */
const constant = (leaf: Literal): PlanLeaf => {
  const { value } = leaf
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    return refuse('not-supported', `a join condition holds a ${value === null ? 'null' : typeof value === 'object' ? 'value that is an object' : typeof value}`, 'use texts, numbers and booleans in join conditions, and isNull for null')
  }
  return { _tag: 'constant', value, ...(leaf.type === undefined ? {} : { type: leaf.type }) }
}
