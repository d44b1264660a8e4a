// ofType: a relationship led to an alias of its target, or narrowed to an entity below it.

import { relationshipValue } from '../registry/build-handle.js'
import { handleOf, originOfHandle } from '../registry/handle.js'
import type { AnyHandle, AnyRel, HandleOf, Rel } from '../registry/handle.js'

/** The names of entities that inherit from T, and T itself. */
type NarrowerThan<M, T> = T extends keyof M ? { [N in keyof M]: LineOf<M[N]> extends LineOf<M[T]> ? N : never }[keyof M] : never
type LineOf<X> = X extends { readonly line: infer L } ? L : never

/**
 * The relationship as one to an alias of its target, or to an entity that inherits from it.
 *
 * @example
 * pipe(select(User), join(User.addresses, Home), options(containsEager(ofType(User.addresses, Home))))
 * any(ofType(Order.payments, Card), eq(Card.last4, '4242'))
 */
export function ofType<M, N, K, T, L, A extends string, N2 extends NarrowerThan<M, T> & string, B extends string>(
  relationship: Rel<M, N, K, T, L, A, string>,
  handle: HandleOf<M, N2, B>,
): Rel<M, N, K, N2, L, A, B>
export function ofType(relationship: AnyRel, handle: AnyHandle): object {
  const { _tag, ...as } = originOfHandle(handle).source
  return relationshipValue(handleOf(relationship), String(relationship.name), Object.freeze(as))
}
