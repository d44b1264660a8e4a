// Walking a graph along the relationships that carry a cascade; each object once, and nothing is loaded.

import type { Cascade, MappedRelationship } from '@relata/core'
import { fail } from '../relata-error.js'
import { collectionOf, type Collection } from '../state/collection.js'
import { Instance, values } from '../state/instance.js'
import { loaded, unknownValue } from '../state/model.js'
import { readSlot } from '../state/slot.js'
import { describe, entityOf, hasIdentity, isOf, ownState, statusOf } from '../state/state-of.js'
import { beginWalk, hasMet, meet, type Walk } from '../state/walk.js'

export type CascadeWord = keyof Cascade

/** These objects and those that a cascade reaches from them, depth first. `halt` stops at an object, leaving it out. */
export const cascadeTargets = (word: CascadeWord, starts: readonly Instance[], halt: (instance: Instance) => boolean = never): readonly Instance[] => {
  const walk = beginWalk()
  // Steps still to take, the next one last: to visit an object, or to walk one relationship of it. A chain may be longer than the call stack.
  const owners: Instance[] = []
  const relationships: (MappedRelationship | undefined)[] = []
  const found: Instance[] = []
  for (const start of starts) {
    if (!meet(walk, start, ownState(start))) continue
    owners.push(start)
    relationships.push(undefined)
    for (let owner = owners.pop(); owner !== undefined; owner = owners.pop()) {
      const relationship = relationships.pop()
      if (relationship === undefined) {
        found.push(owner)
        walkLater(word, owner, owners, relationships)
        continue
      }
      const skipNew = word === 'refreshExpire' && !relationship.cascade.deleteOrphan
      if (!relationship.uselist && isMetAlone(walk, owner, relationship)) continue
      const members = membersInMemory(owner, relationship, word === 'saveUpdate')
      const first = owners.length
      for (const member of members) {
        const state = ownState(member)
        if (hasMet(walk, member, state) || halt(member) || (skipNew && !hasIdentity(member))) continue
        checkType(member, relationship)
        meet(walk, member, state)
        owners.push(member)
        relationships.push(undefined)
      }
      reverseFrom(owners, first)
    }
  }
  return found
}

/** Is a reference to an object that was met all that there is to see? So it is of most members, whose parent the walk came from. */
const isMetAlone = (walk: Walk, owner: Instance, { slot, name }: MappedRelationship): boolean => {
  const shown = values(owner)[name]
  const was = ownState(owner)?.committed.get(slot)
  return (was === undefined || was === null || was === unknownValue) && statusOf(owner, slot) === loaded && Instance.is(shown) && hasMet(walk, shown, ownState(shown))
}

const walkLater = (word: CascadeWord, owner: Instance, owners: Instance[], relationships: (MappedRelationship | undefined)[]): void => {
  const all = entityOf(owner).relationships
  for (let index = all.length - 1; index >= 0; index--) {
    const relationship = all[index]
    if (relationship === undefined || !relationship.cascade[word] || !mayHaveMembers(owner, relationship)) continue
    owners.push(owner)
    relationships.push(relationship)
  }
}

const nothing: readonly never[] = []

/** The first one that was met is the next one to visit. */
const reverseFrom = (owners: Instance[], first: number): void => {
  for (let low = first, high = owners.length - 1; low < high; low++, high--) {
    const owner = owners[low] as Instance // both are within the list
    owners[low] = owners[high] as Instance
    owners[high] = owner
  }
}

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
  if (relationship.uselist) {
    const gone = former && change !== undefined && change.removed.size > 0 ? change.removed : nothing
    // A list may have null in it.
    if (gone === nothing && Array.isArray(shown) && shown.every(Instance.is)) return shown
    const members: Instance[] = []
    for (const member of collectionOf(relationship).members(shown as Collection)) if (Instance.is(member)) members.push(member)
    for (const member of gone) members.push(member)
    return members
  }
  const present = Instance.is(shown) ? [shown] : nothing
  const was = former ? state?.committed.get(relationship.slot) : undefined
  return was !== unknownValue && Instance.is(was) && was !== shown ? [...present, was] : present
}

/** Refuses a member that is of an entity which the relationship does not lead to. */
export const checkType = (member: Instance, relationship: MappedRelationship): void => {
  if (!isOf(member, relationship.target)) fail({
    _tag: 'ChangeRefused', code: 'wrong-type', message: `${relationship.key} holds ${relationship.target}, not ${describe(member)}`,
    hint: `give an object of ${relationship.target} or of an entity that inherits it`, detail: { relationship: relationship.key, entity: entityOf(member).name },
  })
}

const never = (): boolean => false
