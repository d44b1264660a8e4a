// append: members into a collection.

import type { AnyRel, EntityName, EntityObject, Models, Rel } from '@relata/core'
import { checkIncoming, checkSubject, memberFrom } from '../change/check.js'
import { appending } from '../change/initiator.js'
import { appendNull } from '../change/null-members.js'
import { appendMember } from '../change/relationship-change.js'
import { relationshipOfHandle } from '../handle/mapping-of.js'
import { collectionRelationship } from './collection-relationship.js'
import { instanceFrom } from '../state/state-of.js'

/**
 * Adds members to a collection and returns its owner. It does no I/O: a collection that is not loaded keeps the members for the flush
 * and for when it loads. Throws `ChangeRefused`, having changed nothing, where a member may not come in.
 *
 * @example
 * pipe(ed, append(User.addresses, create(Address, { email: 'ed@work.org' })))
 */
export function append<M extends Models<M>, N extends EntityName<M>, K, T extends EntityName<M>>(rel: Rel<M, N, K, T, true | 'handle'>, ...members: readonly EntityObject<M, T>[]): <I extends EntityObject<M, N>>(subject: I) => I
export function append(rel: AnyRel, ...members: readonly unknown[]): <I>(subject: I) => I {
  return (subject) => {
    const relationship = collectionRelationship(relationshipOfHandle(rel), 'append')
    const state = checkSubject(instanceFrom(subject, 'append'), relationship.entity, 'append')
    const incoming = members.filter((member) => member !== null || !appendNull(state, relationship)).map((member) => memberFrom(relationship, member))
    for (const member of incoming) checkIncoming(state, relationship, member)
    const initiator = appending(relationship)
    for (const member of incoming) appendMember(state, relationship, member, initiator)
    return subject
  }
}
