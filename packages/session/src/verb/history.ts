// history: what happened to an attribute or relationship since it was loaded or flushed.

import type { AnyRel, Attr } from '@relata/core'
import { partOf, slotHistory, type History } from '../inspect/history.js'

/**
 * The values added, unchanged and deleted, from what is in memory: nothing is loaded. A replaced value that was not loaded is not among
 * the deleted; changes queued on a collection that is not loaded do not show.
 *
 * @example
 * history(User.name)(ed) // { added: ['edward'], unchanged: [], deleted: ['ed'] }
 */
export const history = (part: Attr<unknown, string, PropertyKey> | AnyRel) => (subject: object): History => {
  const { instance, slot } = partOf(part as { readonly name: PropertyKey } /* both have a name */, subject, 'history')
  return slotHistory(instance, slot)
}
