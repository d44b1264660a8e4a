// Putting something into the maps of an object, or the sets of a change: it gets one of its own in the place of the empty one that all share.

import type { CollectionChange, InstanceState, SharedMembers } from './model.js'
import type { Instance } from './instance.js'
import { ownEntries } from './small-map.js'

/** Notes the committed value of a changed scalar slot. */
export const noteCommitted = (state: InstanceState, slot: number, value: unknown): void => {
  state.committed = ownEntries(state.committed).set(slot, value)
}

/** Notes the net changes of a collection. */
export const noteChange = (state: InstanceState, slot: number, change: CollectionChange): void => {
  state.changes = ownEntries(state.changes).set(slot, change)
}

/** Notes the changes that wait for a collection to be loaded. */
export const noteQueued = (state: InstanceState, slot: number, change: CollectionChange): void => {
  state.queued = ownEntries(state.queued).set(slot, change)
}

const noMembers: SharedMembers = new Set()

/** No change yet of a collection, or nothing known of what it held. */
export const emptyChange = (oldUnknown = false): CollectionChange => ({ added: noMembers, removed: noMembers, oldUnknown })

/** Notes a member among those that came, or those that went. */
export const noteMember = (change: CollectionChange, which: 'added' | 'removed', member: Instance): void => {
  const members = change[which]
  if (members === noMembers) change[which] = new Set([member])
  else (members as Set<Instance> /* what is not the shared one is one of these */).add(member)
}

/** Notes which object holds this one along a relationship; null where one let it go. */
export const noteParent = (state: InstanceState, relationship: string, parent: Instance | null): void => {
  state.parents = ownEntries(state.parents).set(relationship, parent)
}
