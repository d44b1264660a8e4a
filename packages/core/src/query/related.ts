// Conditions over relationships: any, has, contains.

import { expr, nodeOf } from '../expression/expr.js'
import type { Condition } from '../expression/expr.js'
import { ownOperator, relationshipRef } from '../expression/operand.js'
import type { AnyRelationshipOperand } from '../expression/operand.js'
import type { EntityObject } from '../registry/entity-object.js'
import type { Rel } from '../registry/handle.js'
import type { EntityName, Models } from '../registry/model.js'
import { targetSource } from '../registry/target-of.js'

/**
 * At least one member of a list relationship (for which the condition holds).
 *
 * @example
 * pipe(select(User), where(any(User.addresses, like(Address.email, '%@x.org'))))
 */
export const any = <M, N, K, T extends string, L, A extends string, B extends string = T, F extends string = B>(
  relationship: Rel<M, N, K, T, L, A, B> & AskedOf<L, true, `${N & string}.${K & string} is one object, not a list: ask has(${N & string}.${K & string})`>,
  condition?: Condition<F>,
): Condition<A | Exclude<F, B>> => related('any', relationship, condition)

/** The object of a scalar relationship is there (and the condition holds for it). `has(Address.user, eq(User.name, 'ed'))` */
export const has = <M, N, K, T extends string, L, A extends string, B extends string = T, F extends string = B>(
  relationship: Rel<M, N, K, T, L, A, B> & AskedOf<L, false, `${N & string}.${K & string} is a list, not one object: ask any(${N & string}.${K & string})`>,
  condition?: Condition<F>,
): Condition<A | Exclude<F, B>> => related('has', relationship, condition)

/** The object is a member of a list relationship; its key is read when the query runs, after the autoflush. `contains(User.addresses, home)` */
export const contains = <M extends Models<M>, N, K, T extends EntityName<M>, L, A extends string, B extends string>(
  relationship: Rel<M, N, K, T, L, A, B> & AskedOf<L, true, `${N & string}.${K & string} is one object, not a list: ask eq(${N & string}.${K & string}, …)`>,
  object: EntityObject<M, T>,
): Condition<A> => {
  const own = ownOperator(relationship, 'contains')
  return expr(own === undefined ? { _tag: 'relatedTo', operator: 'contains', relationship: relationshipRef(relationship), object } : nodeOf(own(object)))
}

/** Nothing more where a relationship is a list or one object as it should be, else what to write instead. A handle is of a list. */
type AskedOf<L, List extends boolean, Instead> = (L extends boolean ? L : true) extends List ? unknown : Instead

/** Is a member of that object's relationship: what `load` of it would give, as a condition. `pipe(select(Address), where(withParent(User.addresses, ed)))` */
export const withParent = <M extends Models<M>, N extends EntityName<M>, K, T extends string, L, A extends string, B extends string>(
  relationship: Rel<M, N, K, T, L, A, B>,
  parent: EntityObject<M, N>,
): Condition<B> => {
  const { entity, name, ofType } = relationshipRef(relationship)
  return expr({ _tag: 'memberOf', source: ofType?.source ?? targetSource(relationship), relationship: Object.freeze({ entity, name }), object: parent })
}

/** The relationship's own condition between two sources of the query: an implicit join. `where(joined(User.addresses))` */
export const joined = <M, N, K, T extends string, L, A extends string, B extends string>(relationship: Rel<M, N, K, T, L, A, B>): Condition<A | B> =>
  expr({ _tag: 'relationshipCondition', relationship: relationshipRef(relationship) })

function related<F extends string>(quantifier: 'any' | 'has', relationship: AnyRelationshipOperand, condition: Condition<string> | undefined): Condition<F> {
  const own = ownOperator(relationship, quantifier)
  if (own !== undefined) return expr(nodeOf(condition === undefined ? own() : own(condition)))
  return expr({ _tag: 'related', quantifier, relationship: relationshipRef(relationship), ...(condition === undefined ? {} : { where: nodeOf(condition) }) })
}
