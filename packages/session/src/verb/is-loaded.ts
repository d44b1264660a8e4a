// isLoaded: is a value there, without loading?

import type { AnyRel, Attr } from '@relata/core'
import { partOf } from '../inspect/history.js'
import { isSlotLoaded } from '../state/slot.js'

/**
 * Is an attribute or relationship loaded (or given), and not stale?
 *
 * @example
 * isLoaded(User.addresses)(ed) // false until load(User.addresses)(ed)
 */
export const isLoaded = (part: Attr<unknown, string, PropertyKey> | AnyRel) => (subject: object): boolean => {
  const { instance, slot } = partOf(part as { readonly name: PropertyKey } /* both have a name */, subject, 'isLoaded')
  return isSlotLoaded(instance, slot)
}
