// What a verb checks before it changes anything: that values fit their slots, members their collections, and single parents.

import type { MappedEntity, MappedRelationship } from '@relata/core'
import { fail } from '../relata-error.js'
import { isIn, reachedByAdding } from '../membership/attach.js'
import { checkHeld } from '../state/held.js'
import { collectionOf, shapeInWords, shapeName, unkeyedBy, type Collection } from '../state/collection.js'
import { mirroredNames } from '../state/entity-index.js'
import { Instance } from '../state/instance.js'
import { loaded, type InstanceState } from '../state/model.js'
import { readSlot } from '../state/slot.js'
import { describe, entityOf, hasIdentity, isOf, stateOf, statusOf } from '../state/state-of.js'
import { hasKnownParent } from './parents.js'

/** Refuses an object of another entity than a verb's handle says. */
export const checkSubject = (instance: Instance, entity: string, verb: string): InstanceState => {
  if (!isOf(instance, entity)) fail({
    _tag: 'ChangeRefused', code: 'wrong-type', message: `${verb}: ${describe(instance)} is no ${entity}`,
    hint: `use the handle of ${entityOf(instance).name} or of an entity that it inherits`,
  })
  // To save is to take back into the session.
  if (verb !== 'save') checkHeld(instance, verb)
  return stateOf(instance)
}

/** What stands in a reference: an instance or null. */
export const referenceFrom = (relationship: MappedRelationship, given: unknown): Instance | null => {
  if (given === null || Instance.is(given)) return given
  return fail({
    _tag: 'ChangeRefused', code: 'attribute', message: `${relationship.key} holds one ${relationship.target}, and got ${shapeName(given)}`,
    hint: `give an object that create() or a query made, or null`, detail: { relationship: relationship.key },
  })
}

/** The members that a value for a collection holds: of a map its values, of anything else what it gives in turn. */
export const membersFrom = (relationship: MappedRelationship, given: unknown): { readonly members: readonly Instance[]; readonly collection: Collection } => {
  const kind = collectionOf(relationship)
  if (kind.shape === 'custom' && typeof given === 'object' && given !== null && !(Symbol.iterator in given)) {
    const members = Array.from(kind.members(given as Collection /* its class says what it is */), (member: unknown) => memberFrom(relationship, member))
    return { members, collection: kind.of(members) }
  }
  if (given === null || typeof given !== 'object' || !(Symbol.iterator in given)) return fail({
    _tag: 'ChangeRefused', code: 'collection-type', message: `${relationship.key} is ${shapeInWords(kind.shape)} of ${relationship.target}, and got ${shapeName(given)}`,
    hint: 'give an array of its members; an empty one to take all out', detail: { relationship: relationship.key },
  })
  const members = Array.isArray(given) ? membersOf(relationship, given) : Array.from(given instanceof Map ? given.values() : given as Iterable<unknown> /* it has an iterator */, (member) => memberFrom(relationship, member))
  return { members, collection: kind.of(members) }
}

const membersOf = (relationship: MappedRelationship, given: readonly unknown[]): Instance[] => {
  const members = Array<Instance>(given.length)
  for (let at = 0; at < given.length; at++) members[at] = memberFrom(relationship, given[at])
  return members
}

/** What stands in a collection: an instance. */
export const memberFrom = (relationship: MappedRelationship, given: unknown): Instance => {
  if (Instance.is(given)) return given
  return fail({
    _tag: 'ChangeRefused', code: 'attribute', message: `a member of ${relationship.key} is an object of ${relationship.target}, not ${shapeName(given)}`,
    hint: 'give an object that create() or a query made', detail: { relationship: relationship.key },
  })
}

/** Refuses a member that may not come in: it has its single parent, or the session cannot take what comes with it. */
export const checkIncoming = (state: InstanceState, relationship: MappedRelationship, member: Instance, given?: Readonly<Record<string, unknown>>): void => {
  if (!relationship.uselist && state.status[relationship.slot] === loaded && readSlot(state.instance, relationship.slot) === member) return // it is there
  checkKey(relationship, member)
  if (relationship.singleParent && hasKnownParent(member, relationship) && readSlot(state.instance, relationship.slot) !== member) refuseSecondParent(member, relationship)
  for (const name of mirroredNames(relationship)) {
    const back = entityOf(member).relationship[name]
    if (back?.uselist === true && (!hasIdentity(member) || statusOf(member, back.slot) === loaded)) checkKey(back, state.instance, given)
    // A mirror of the same name is indistinguishable from the attribute that the program changed.
    const mirror = name === relationship.name ? entityOf(member).relationship[name] : undefined
    if (mirror?.singleParent === true && hasKnownParent(state.instance, mirror) && readSlot(member, mirror.slot) !== state.instance) refuseSecondParent(state.instance, mirror)
  }
  if (state.session !== undefined && relationship.cascade.saveUpdate && !isIn(state.session, member)) {
    if (!isOf(member, relationship.target)) fail({
      _tag: 'ChangeRefused', code: 'wrong-type', message: `${relationship.key} holds ${relationship.target}, not ${describe(member)}`, detail: { relationship: relationship.key },
    })
    reachedByAdding(state.session, [member])
  }
}

/** Refuses a member that a keyed collection has no key for yet, and is not `given` one with it, unless it leaves such members out. */
const checkKey = (relationship: MappedRelationship, member: Instance, given?: Readonly<Record<string, unknown>>): void => {
  const { collectionClass } = relationship
  if (typeof collectionClass === 'string' || 'empty' in collectionClass || collectionClass.ignoreUnpopulated === true) return
  const unset = unkeyedBy(collectionClass.keyedBy, member)
  if (unset !== undefined && given?.[unset] === undefined) fail({
    _tag: 'ChangeRefused', code: 'invalid-request', message: `${relationship.key} is keyed by '${unset}', which ${describe(member)} was not given yet`,
    hint: `give ${entityOf(member).name}.${unset} first; or say ignoreUnpopulated, and such members are left out of the collection`, detail: { relationship: relationship.key },
  })
}

/** Refuses the members of a whole new collection that may not come in; those that are there already may. */
export const checkAssigned = (state: InstanceState, relationship: MappedRelationship, members: readonly Instance[], given?: Readonly<Record<string, unknown>>): void => {
  const present = state.status[relationship.slot] === loaded ? new Set(collectionOf(relationship).members(readSlot(state.instance, relationship.slot) as Collection)) : undefined
  for (const member of members) if (present?.has(member) !== true) checkIncoming(state, relationship, member, given)
}

/** Refuses a name that is neither an attribute nor a relationship. */
export const slotOf = (entity: MappedEntity, name: string, verb: string): number => {
  const slot = Object.hasOwn(entity.slot, name) ? entity.slot[name] : undefined
  return slot ?? fail({
    _tag: 'ChangeRefused', code: 'attribute', message: `${verb}: ${entity.name} has no attribute '${name}'`, hint: `it has ${entity.slots.join(', ')}`,
  })
}

const refuseSecondParent = (member: Instance, relationship: MappedRelationship): never => fail({
  _tag: 'ChangeRefused', code: 'single-parent', message: `${describe(member)} has its parent along ${relationship.key}, which allows a single one`,
  hint: 'take it out of its present parent first', detail: { relationship: relationship.key },
})
