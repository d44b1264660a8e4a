// remove: members out of a collection.

import type { AnyRel, EntityName, EntityObject, MappedRelationship, Models, Rel } from '@relata/core'
import { checkSubject, memberFrom } from '../change/check.js'
import { removing } from '../change/initiator.js'
import { touch } from '../change/record.js'
import { dropMember, isAvailable, occurrences, shownCollection } from '../change/relationship-change.js'
import { relationshipOfHandle } from '../handle/mapping-of.js'
import { fail } from '../relata-error.js'
import { mirroredNames } from '../state/entity-index.js'
import type { Instance } from '../state/instance.js'
import type { InstanceState } from '../state/model.js'
import { describe, instanceFrom, stateOf } from '../state/state-of.js'
import { collectionRelationship } from './collection-relationship.js'

/**
 * Takes members out of a collection and returns its owner. It does no I/O: a collection that is not loaded keeps the removal for the
 * flush and for when it loads. Throws `ChangeRefused`, having changed nothing, where an object is no member.
 *
 * @example
 * pipe(order, remove(Order.lines, ...order.lines))
 */
export function remove<M extends Models<M>, N extends EntityName<M>, K, T extends EntityName<M>>(rel: Rel<M, N, K, T, true | 'handle'>, ...members: readonly EntityObject<M, T>[]): <I extends EntityObject<M, N>>(subject: I) => I
export function remove(rel: AnyRel, ...members: readonly unknown[]): <I>(subject: I) => I {
  return (subject) => {
    const relationship = collectionRelationship(relationshipOfHandle(rel), 'remove')
    const state = checkSubject(instanceFrom(subject, 'remove'), relationship.entity, 'remove')
    const outgoing = members.map((member) => memberFrom(relationship, member))
    if (isAvailable(state, relationship)) {
      for (const member of outgoing) if (occurrences(shownCollection(state, relationship), relationship, member) === 0) refuse(state, relationship, member)
    }
    const initiator = removing(relationship)
    for (const member of outgoing) dropMember(state, relationship, member, initiator)
    return subject
  }
}

/** Nothing is changed, but a change was begun: a rollback reads both again. */
const refuse = (state: InstanceState, relationship: MappedRelationship, member: Instance): never => {
  touch(state)
  if (mirroredNames(relationship).length > 0) touch(stateOf(member))
  return fail({
    _tag: 'ChangeRefused', code: 'value', message: `remove: ${describe(member)} is no member of ${relationship.key} of ${describe(state.instance)}`,
    hint: 'ask first: owner.members.includes(member)', detail: { relationship: relationship.key },
  })
}
