// Relationships as conditions: any and has as EXISTS, comparisons with an object by its key, null tests, and the implicit join.

import type { LazyLeaf, MappedEntity, MappedRelationship } from '../../configure/mapping.js'
import { isOperation, mapChildren } from '../../expression/map-children.js'
import type { Node } from '../../expression/node.js'
import type { QueryLeaf, QueryNode, RelationshipRef } from '../../query/descriptor.js'
import type { From, PlanNode, SelectAst } from '../select-ast.js'
import { isComparedByKey } from './compared-by-key.js'
import { entityCriteria } from './entity-criteria.js'
import type { Lowering } from './lowering.js'
import { lowerWithin } from './lowering.js'
import { entityNamed, relationshipNamed } from './mapped-column.js'
import { refuse } from './query-error.js'
import type { Far } from './relationship-join.js'
import { farFrom, lazyCondition, openFar, primaryCondition, secondaryCondition } from './relationship-join.js'
import type { EntitySource } from './source.js'
import { allOf, attributeAt, columnType, lookUpSource } from './source.js'
import { openRead } from './open-source.js'

/** The parent's source and the relationship that a reference names. */
export const referenced = ({ planning, scope }: Lowering, ref: RelationshipRef): { readonly parent: EntitySource; readonly relationship: MappedRelationship; readonly target: MappedEntity } => {
  const parent = lookUpSource(scope, ref.source)
  if (parent?._tag !== 'entity') return refuse('argument', `'${ref.source}' is not an entity of this query`, `select from '${ref.source}', or join it`)
  const relationship = parent.entity.relationship[ref.name] ?? planning.mapping.entities[ref.entity]?.relationship[ref.name]
    ?? refuse('argument', `'${parent.entity.name}' has no relationship '${ref.name}'`, `its relationships are ${parent.entity.relationships.map((each) => each.name).join(', ') || 'none'}`)
  return { parent, relationship, target: entityNamed(planning.mapping, ref.ofType?.entity ?? relationship.target) }
}

/** The far side of a reference, opened: what `ofType` says it is read from, else what the relationship leads to. */
const openReferenced = (lowering: Lowering, ref: Pick<RelationshipRef, 'ofType'>, relationship: MappedRelationship, target: MappedEntity): Far =>
  openFar(lowering.planning, relationship, target, false, [], ref.ofType?.from === undefined ? undefined : openRead(lowering, target, ref.ofType.from))

/** any and has: a correlated EXISTS over the far side, which hides a source of the same name outside. */
export const existsRelated = (lowering: Lowering, ref: RelationshipRef, quantifier: 'any' | 'has' | 'some', where?: QueryNode): PlanNode => {
  const { parent, relationship, target } = referenced(lowering, ref)
  if (quantifier === 'any' && !relationship.uselist) refuse('invalid-request', `any() is for collections, and '${relationship.key}' holds one object`, `write has(${relationship.key}, …)`)
  if (quantifier === 'has' && relationship.uselist) refuse('invalid-request', `has() is for references to one object, and '${relationship.key}' is a collection`, `write any(${relationship.key}, …)`)
  const far = openReferenced(lowering, ref, relationship, target)
  const condition = allOf([
    primaryCondition(lowering.planning, relationship, parent, far),
    where === undefined ? undefined : lowerWithin(lowering, farNames(relationship, far.target, ref), where),
    ...entityCriteria(lowering, far.target),
  ])
  return exists(farFrom(far, secondaryCondition(lowering.planning, relationship, parent, far)), condition)
}

/** The names by which conditions on a relationship know its far side: of one that leads to an alias, the alias alone. */
export const farNames = (relationship: MappedRelationship, target: EntitySource, ref: Pick<RelationshipRef, 'ofType'>): readonly (readonly [string, EntitySource])[] =>
  [...optionNames(relationship, ref) ?? [relationship.target, target.entity.name], ...(ref.ofType === undefined ? [] : [ref.ofType.source])].map((name) => [name, target])

/** The names by which options go on below a relationship, where it is not enough that they are of its target. */
export const optionNames = ({ alias }: MappedRelationship, { ofType }: Pick<RelationshipRef, 'ofType'>): readonly string[] | undefined =>
  alias === undefined ? undefined : [alias.name, ...(ofType === undefined ? [] : [ofType.source])]

/** `== object`, `!= object` and `contains(object)`: the parent's columns against values of the object. */
export const comparedWith = (lowering: Lowering, leaf: Extract<QueryLeaf, { _tag: 'relatedTo' }>, slot: number): PlanNode => {
  const { parent, relationship } = referenced(lowering, leaf.relationship)
  const { operator } = leaf
  if (operator === 'contains' && !relationship.uselist) return refuse('invalid-request', `contains() is for collections, and '${relationship.key}' holds one object`, `write eq(${relationship.key}, object)`)
  if (operator !== 'contains' && relationship.uselist) return refuse('invalid-request', `'${relationship.key}' is a collection and cannot be compared with an object`, `write ${operator === 'ne' ? `not(contains(${relationship.key}, object))` : `contains(${relationship.key}, object)`}`)
  const bind = (index: number): PlanNode => ({ _tag: 'slot', index: slot + index })
  if (isComparedByKey(relationship, operator)) return byKey(lowering, leaf, bind)
  const { condition, secondaryCondition: second } = relationship.reverseLazyClause
  if (operator === 'ne' && relationship.direction === 'many-to-one') {
    return differsOrNull(lazyCondition(lowering.planning, condition, parent, {}, 'parent', bind), parent)
  }
  if (relationship.secondary !== undefined) {
    const far = openFar(lowering.planning, relationship, entityNamed(lowering.planning.mapping, relationship.target), false)
    const inside = allOf([
      lazyCondition(lowering.planning, condition, parent, far, 'parent', bind),
      second === undefined ? undefined : lazyCondition(lowering.planning, second, parent, far, 'parent', bind),
    ])
    const found = exists(far.secondary?.from ?? far.from, inside)
    return operator === 'ne' ? negation(found) : found
  }
  const same = lazyCondition(lowering.planning, condition, parent, {}, 'parent', bind)
  return operator === 'ne' ? negation(same) : same
}

/** Whether a row of the far side has the object's key. */
const byKey = (lowering: Lowering, { relationship: ref, operator }: Extract<QueryLeaf, { _tag: 'relatedTo' }>, bind: (index: number) => PlanNode): PlanNode => {
  const { parent, relationship, target } = referenced(lowering, ref)
  const far = openReferenced(lowering, ref, relationship, target)
  const found = exists(farFrom(far, secondaryCondition(lowering.planning, relationship, parent, far)), allOf([
    primaryCondition(lowering.planning, relationship, parent, far),
    ...target.primaryKey.map((name, index): PlanNode => ({ _tag: 'binary', operator: 'eq', left: attributeAt(lowering.planning, far.target, target.name, name), right: bind(index) })),
  ]))
  return operator === 'ne' ? negation(found) : found
}

/** Is a row a member of an object's relationship? */
export const memberOf = ({ planning, scope }: Lowering, leaf: Extract<QueryLeaf, { _tag: 'memberOf' }>, slot: number): PlanNode => {
  const target = lookUpSource(scope, leaf.source)
  if (target?._tag !== 'entity') return refuse('argument', `'${leaf.source}' is not an entity of this query`, `select from '${leaf.source}', or join it`)
  const relationship = relationshipNamed(planning.mapping, leaf.relationship.entity, leaf.relationship.name)
  const bind = (index: number): PlanNode => {
    const ref = relationship.lazyClause.binds[index]
    return { _tag: 'slot', index: slot + index, ...(ref === undefined ? {} : columnType(planning, ref)) }
  }
  const { condition, secondaryCondition: second } = relationship.lazyClause
  if (relationship.secondary === undefined) return lazyCondition(planning, condition, target, {}, 'target', bind)
  const far = openFar(planning, relationship, entityNamed(planning.mapping, relationship.target), false)
  return exists(far.secondary?.from ?? far.from, allOf([
    lazyCondition(planning, condition, target, far, 'target', bind),
    second === undefined ? undefined : lazyCondition(planning, second, target, far, 'target', bind),
  ]))
}

/** `== null` and `!= null`: a null test of the key where the parent holds it, else whether anything is related. */
export const comparedWithNull = (lowering: Lowering, ref: RelationshipRef, negated: boolean): PlanNode => {
  const { parent, relationship } = referenced(lowering, ref)
  if (relationship.direction !== 'many-to-one' || relationship.uselist || relationship.alias !== undefined) {
    const some = existsRelated(lowering, ref, 'some')
    return negated ? some : negation(some)
  }
  const isNull = lazyCondition(lowering.planning, withoutBinds(relationship.reverseLazyClause.condition), parent, {}, 'parent', () => ({ _tag: 'null' }))
  return negated ? negation(isNull) : isNull
}

/** The relationship's own condition between two sources of the query. */
export const implicitJoin = (lowering: Lowering, ref: RelationshipRef): PlanNode => {
  const { parent, relationship, target } = referenced(lowering, ref)
  const name = ref.ofType?.source ?? relationship.alias?.name ?? target.name
  const there = lookUpSource(lowering.scope, name)
  if (there?._tag !== 'entity') return refuse('argument', `'${name}' is not in this query`, `add it to from, or join along '${relationship.key}'`)
  if (relationship.secondary === undefined) return primaryCondition(lowering.planning, relationship, parent, { target: there })
  const far = openFar(lowering.planning, relationship, target, false)
  const through = { ...far, target: there }
  return exists(far.secondary?.from ?? far.from,
    allOf([primaryCondition(lowering.planning, relationship, parent, through), secondaryCondition(lowering.planning, relationship, parent, through)]))
}

/** Null where the condition's key is null: every `column = bind` becomes `column IS NULL`. */
const withoutBinds = (node: Node<LazyLeaf>): Node<LazyLeaf> => {
  if (!isOperation(node)) return node
  if (node._tag === 'binary' && node.operator === 'eq') {
    if (node.right._tag === 'bind') return { _tag: 'nullTest', negated: false, arg: node.left }
    if (node.left._tag === 'bind') return { _tag: 'nullTest', negated: false, arg: node.right }
  }
  return mapChildren(node, withoutBinds)
}

/** `NOT (key = value) OR key IS NULL`: the other object, or none. */
const differsOrNull = (same: PlanNode, parent: EntitySource): PlanNode => {
  const aliases = new Set(parent.tables.values())
  const columns: PlanNode[] = []
  const collect = (node: PlanNode): void => {
    if (node._tag === 'column' && aliases.has(node.source)) columns.push(node)
    else if (isOperation(node)) mapChildren(node, (child: PlanNode) => { collect(child); return child })
  }
  collect(same)
  const nulls = columns.map((arg): PlanNode => ({ _tag: 'nullTest', negated: false, arg }))
  return { _tag: 'logical', operator: 'or', args: [negation(same), ...nulls] }
}

/** The negation, of a single comparison or null test the opposite one. */
const negation = (node: PlanNode): PlanNode => {
  if (node._tag === 'nullTest') return { ...node, negated: !node.negated }
  return node._tag === 'binary' && node.operator === 'eq' ? { ...node, operator: 'ne' } : { _tag: 'not', arg: node }
}

const exists = (from: From, where: PlanNode | undefined): PlanNode => {
  const select: SelectAst = {
    _tag: 'selectAst', ctes: [], distinct: false, columns: [], from: [from],
    ...(where === undefined ? {} : { where }),
    groupBy: [], setOperations: [], orderBy: [],
  }
  return { _tag: 'exists', select }
}
