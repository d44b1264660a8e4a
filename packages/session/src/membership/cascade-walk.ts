// Walking a graph along the relationships that carry a cascade; each object once, and nothing is loaded.

import type { Cascade, MappedRelationship } from '@relata/core'
import { fail } from '../relata-error.js'
import { collectionOf, type Collection } from '../state/collection.js'
import { Instance, values } from '../state/instance.js'
import { loaded, unknownValue } from '../state/model.js'
import { readSlot } from '../state/slot.js'
import { describe, entityOf, hasIdentity, isOf, ownState, statusOf } from '../state/state-of.js'

export type CascadeWord = keyof Cascade

/** The objects that a cascade reaches from one, that one left out, depth first. `halt` stops at an object, leaving it out. */
export const cascadeTargets = (word: CascadeWord, start: Instance, halt: (instance: Instance) => boolean = never): readonly Instance[] => {
  // Steps still to take, the next one last: a chain of objects may be longer than the call stack.
  const steps = relationshipsOf(start, word)
  if (steps.length === 0) return noSteps
  const visited = new Set<Instance>()
  const found: Instance[] = []
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    const { owner, relationship } = step
    if (relationship === undefined) {
      found.push(owner)
      steps.push(...relationshipsOf(owner, word))
      continue
    }
    const skipNew = word === 'refreshExpire' && !relationship.cascade.deleteOrphan
    const met: Step[] = []
    for (const member of membersInMemory(owner, relationship, word === 'saveUpdate')) {
      if (visited.has(member) || halt(member) || (skipNew && !hasIdentity(member))) continue
      checkType(member, relationship)
      visited.add(member)
      met.push({ owner: member, relationship: undefined })
    }
    for (let index = met.length - 1; index >= 0; index--) steps.push(met[index] as Step /* within the array */)
  }
  return found
}

/** To visit an object, or one relationship of it. */
interface Step { readonly owner: Instance; readonly relationship: MappedRelationship | undefined }

const relationshipsOf = (owner: Instance, word: CascadeWord): Step[] => {
  let steps: Step[] = noSteps
  const { relationships } = entityOf(owner)
  for (let index = relationships.length - 1; index >= 0; index--) {
    const relationship = relationships[index]
    if (relationship !== undefined && relationship.cascade[word] && mayHaveMembers(owner, relationship)) (steps === noSteps ? steps = [] : steps).push({ owner, relationship })
  }
  return steps
}

const noSteps: never[] = []

/** False where it is plain that nothing is in memory: most objects of a large graph are leaves. */
const mayHaveMembers = (owner: Instance, { slot, name, uselist }: MappedRelationship): boolean => {
  const state = ownState(owner)
  if (state !== undefined && (state.committed.size > 0 || state.changes.size > 0)) return true
  if (statusOf(owner, slot) !== loaded) return false
  const shown = values(owner)[name]
  return uselist ? !Array.isArray(shown) || shown.length > 0 : shown !== null
}

/** The members of a relationship that are in memory; with `former`, also those that changes took out of it. */
export const membersInMemory = (owner: Instance, relationship: MappedRelationship, former = false): readonly Instance[] => {
  const state = ownState(owner)
  const change = state?.changes.get(relationship.slot)
  if (relationship.lazy === 'write_only' || relationship.lazy === 'dynamic') return change === undefined ? [] : former ? [...change.added, ...change.removed] : [...change.added]
  if (statusOf(owner, relationship.slot) !== loaded) return change === undefined ? [] : former ? [...change.added, ...change.removed] : [...change.added]
  const shown = readSlot(owner, relationship.slot)
  const members: Instance[] = []
  if (relationship.uselist) {
    // A list may have null in it.
    for (const member of collectionOf(relationship).members(shown as Collection)) if (Instance.is(member)) members.push(member)
    if (former && change !== undefined) members.push(...change.removed)
    return members
  }
  if (Instance.is(shown)) members.push(shown)
  if (former && state?.committed.has(relationship.slot) === true) {
    const was = state.committed.get(relationship.slot)
    if (was !== unknownValue && Instance.is(was) && was !== shown) members.push(was)
  }
  return members
}

/** Refuses a member that is of an entity which the relationship does not lead to. */
export const checkType = (member: Instance, relationship: MappedRelationship): void => {
  if (!isOf(member, relationship.target)) fail({
    _tag: 'ChangeRefused', code: 'wrong-type', message: `${relationship.key} holds ${relationship.target}, not ${describe(member)}`,
    hint: `give an object of ${relationship.target} or of an entity that inherits it`, detail: { relationship: relationship.key, entity: entityOf(member).name },
  })
}

const never = (): boolean => false
