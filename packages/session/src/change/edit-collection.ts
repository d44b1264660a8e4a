// Editing a loaded collection in place: members come and go by the same events as with append and remove.

import type { MappedRelationship } from '@relata/core'
import { fail } from '../relata-error.js'
import { collectionOf } from '../state/collection.js'
import { values, type Instance } from '../state/instance.js'
import type { InstanceState } from '../state/model.js'
import { describe } from '../state/state-of.js'
import { checkIncoming, memberFrom, membersFrom } from './check.js'
import { appending, assigning, removing } from './initiator.js'
import { appendMember, assignMembers, comeIn, goOut, isAvailable, shownCollection } from './relationship-change.js'

/** What to do to a collection. Indexes are of lists, keys of keyed collections; a negative index counts from the end. */
export type CollectionEdit<T> =
  | { readonly how: 'insert'; readonly at: number; readonly value: T }
  | { readonly how: 'replaceAt'; readonly at: number; readonly value: T }
  | { readonly how: 'removeAt'; readonly at: number }
  | { readonly how: 'splice'; readonly at: number; readonly count: number; readonly values: readonly T[] }
  | { readonly how: 'extend'; readonly values: Iterable<T> }
  | { readonly how: 'clear' }
  | { readonly how: 'setKey'; readonly key: unknown; readonly value: T }
  | { readonly how: 'removeKey'; readonly key: unknown }

export const editCollection = (state: InstanceState, relationship: MappedRelationship, edit: CollectionEdit<unknown>): void => {
  if (!isAvailable(state, relationship)) fail({
    _tag: 'ChangeRefused', code: 'invalid-request', message: `edit: ${relationship.key} of ${describe(state.instance)} is not loaded`,
    hint: 'load it first, or use append and remove, which need no loaded collection', detail: { relationship: relationship.key },
  })
  const incoming = (value: unknown): Instance => {
    const member = memberFrom(relationship, value)
    checkIncoming(state, relationship, member)
    return member
  }
  switch (edit.how) {
    case 'insert': spliceList(state, relationship, at(state, relationship, edit.at, 1), 0, [incoming(edit.value)]); return
    case 'replaceAt': spliceList(state, relationship, at(state, relationship, edit.at, 0), 1, [incoming(edit.value)]); return
    case 'removeAt': spliceList(state, relationship, at(state, relationship, edit.at, 0), 1, []); return
    case 'splice': spliceList(state, relationship, at(state, relationship, edit.at, 1), edit.count, edit.values.map(incoming)); return
    case 'extend': {
      const initiator = appending(relationship)
      for (const member of membersFrom(relationship, edit.values).members.map(incoming)) appendMember(state, relationship, member, initiator)
      return
    }
    case 'clear': assignMembers(state, relationship, [], collectionOf(relationship).empty(), assigning(relationship)); return
    case 'setKey': setKey(state, relationship, edit.key, incoming(edit.value)); return
    case 'removeKey': removeKey(state, relationship, edit.key); return
    default: {
      const impossible: never = edit
      return impossible
    }
  }
}

/** Takes members out of a list and puts others in their place, one after another, each time as a new array. */
const spliceList = (state: InstanceState, relationship: MappedRelationship, start: number, count: number, members: readonly Instance[]): void => {
  const shown = values(state.instance)
  for (let taken = 0; taken < count; taken++) {
    const member = listOf(state, relationship)[start]
    if (member === undefined) break
    goOut(state, relationship, member, removing(relationship))
    shown[relationship.name] = listOf(state, relationship).toSpliced(start, 1)
  }
  members.forEach((member, index) => {
    comeIn(state, relationship, member, appending(relationship))
    shown[relationship.name] = listOf(state, relationship).toSpliced(start + index, 0, member)
  })
}

const setKey = (state: InstanceState, relationship: MappedRelationship, key: unknown, member: Instance): void => {
  const map = mapOf(state, relationship)
  const present = map.get(key)
  if (present === member) return
  if (present !== undefined) goOut(state, relationship, present, removing(relationship))
  comeIn(state, relationship, member, appending(relationship))
  mapOf(state, relationship).set(key, member)
}

const removeKey = (state: InstanceState, relationship: MappedRelationship, key: unknown): void => {
  const member = mapOf(state, relationship).get(key)
  if (member === undefined) return fail({ _tag: 'ChangeRefused', code: 'key', message: `edit: ${relationship.key} has nothing under the key ${String(key)}`, detail: { relationship: relationship.key } })
  goOut(state, relationship, member, removing(relationship))
  mapOf(state, relationship).delete(key)
}

const listOf = (state: InstanceState, relationship: MappedRelationship): Instance[] => {
  const shown = shownCollection(state, relationship)
  return Array.isArray(shown) && relationship.collectionClass === 'list' ? shown : fail({ _tag: 'ChangeRefused', code: 'collection-type', message: `edit: ${relationship.key} is no list`, detail: { relationship: relationship.key } })
}

const mapOf = (state: InstanceState, relationship: MappedRelationship): Map<unknown, Instance> => {
  const shown = shownCollection(state, relationship)
  return shown instanceof Map && collectionOf(relationship).shape === 'keyed' ? shown : fail({ _tag: 'ChangeRefused', code: 'collection-type', message: `edit: ${relationship.key} is not keyed`, detail: { relationship: relationship.key } })
}

/** An index of the list, or one past its end where `past` is 1. */
const at = (state: InstanceState, relationship: MappedRelationship, index: number, past: 0 | 1): number => {
  const { length } = listOf(state, relationship)
  const counted = index < 0 ? length + index : index
  if (!Number.isInteger(counted) || counted < 0 || counted >= length + past) fail({
    _tag: 'ChangeRefused', code: 'value', message: `edit: ${relationship.key} has ${length} members, and none at ${index}`, detail: { relationship: relationship.key },
  })
  return counted
}
