// isPartial: does a collection hold only what a condition let through?

import type { AnyRel } from '@relata/core'
import { partOf } from '../inspect/history.js'
import { isNotedPartial } from '../load/partial.js'
import { isSlotLoaded } from '../state/slot.js'

/**
 * Is a collection loaded with a condition of its own, by `only` or from a join of the query's? It counts as loaded: `load` leaves it as it
 * is, `refresh` reads all of it.
 *
 * @example
 * pipe(all(pipe(select(User), options(selectinload(User.posts, only(eq(Post.draft, true)))))), RTE.map((users) => users.every(isPartial(User.posts))))
 */
export const isPartial = (relationship: AnyRel) => (subject: object): boolean => {
  const { instance, slot } = partOf(relationship as { readonly name: PropertyKey } /* every relationship has one */, subject, 'isPartial')
  return isSlotLoaded(instance, slot) && isNotedPartial(instance, slot)
}
