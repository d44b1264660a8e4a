// What a replacement replaced, found out after it: those who stayed are no change.

import type { MappedRelationship } from '@relata/core'
import type { Instance } from '../state/instance.js'
import { unknownValue, type InstanceState, type SessionState } from '../state/model.js'
import { noteCommitted, noteMember } from '../state/note.js'
import { readSlot } from '../state/slot.js'
import { ownState } from '../state/state-of.js'
import { loadOld } from './load-old.js'

/** Was a relationship replaced before it was loaded? */
export const isOldUnknown = (state: InstanceState | undefined, { slot }: MappedRelationship): boolean =>
  state !== undefined && (state.committed.get(slot) === unknownValue || state.changes.get(slot)?.oldUnknown === true)

/** Loads the members that the database has, by the committed values of the parent, and notes the change as one of them. */
export const learnOld = async (session: SessionState, instance: Instance, relationship: MappedRelationship): Promise<void> => {
  const members = (await loadOld(session, [instance], relationship)).get(instance) ?? []
  const state = ownState(instance)
  if (state === undefined) return
  const { slot } = relationship
  const change = state.changes.get(slot)
  if (change === undefined) {
    if (state.committed.get(slot) !== unknownValue) return
    const old = members[0] ?? null
    if (old === readSlot(instance, slot)) state.committed.delete(slot)
    else noteCommitted(state, slot, old)
    return
  }
  change.oldUnknown = false
  for (const member of members) if (!change.added.delete(member)) noteMember(change, 'removed', member)
}
