// enableRelationshipLoading: loads for an object that is not in the database, by the keys that it was given.

import { db, type Db } from '../db.js'
import { checkAttachable } from '../membership/attach.js'
import { stateOf } from '../state/state-of.js'
import { ofMapping } from './member-of-session.js'

/**
 * Lets `load` work for a new object, by the foreign keys that it has; the object is not added.
 *
 * @example
 * pipe(enableRelationshipLoading(home), RTE.chain(load(Address.user)))
 */
export const enableRelationshipLoading = <X extends object>(object: X): Db<X> => db((session) => {
  const instance = ofMapping(session, object, 'enableRelationshipLoading')
  checkAttachable(session, instance)
  const state = stateOf(instance)
  state.session = session
  state.loadOnPending = true
  return object
})
