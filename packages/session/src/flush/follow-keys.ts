// Objects whose primary key a flush changed, in the identity map.

import type { ObjectId } from '@relata/core'
import { keepKey } from '../state/change-log.js'
import { identityKey } from '../state/identity-map.js'
import { values, type Instance } from '../state/instance.js'
import type { InstanceState, SessionState } from '../state/model.js'
import { currentKey } from '../state/state-of.js'
import { stateFor } from './write-back.js'

/** Moves objects whose key changed, all at once, since one may take the key that another gives up. */
export const followKeys = (session: SessionState, kept: readonly ObjectId[], instances: readonly Instance[]): void => {
  const moved: (readonly [InstanceState, readonly unknown[]])[] = []
  for (const id of kept) {
    const state = stateFor(instances, id)
    if (state === undefined || showsItsKey(state)) continue
    const now = currentKey(state.instance, state.entity)
    if (identityKey(now) !== state.key) moved.push([state, now])
  }
  for (const [state, key] of moved) keepKey(session, state, key)
  // The last to take a key has it, whoever gave it up after it in the same round.
  for (const [state, key] of moved) if (moved.length > 1) keepKey(session, state, key)
}

const showsItsKey = ({ instance, entity: { primaryKey }, keyValues }: InstanceState): boolean => {
  if (keyValues === undefined) return false
  const shown = values(instance)
  for (let at = 0; at < primaryKey.length; at++) if (shown[primaryKey[at] ?? ''] !== keyValues[at]) return false
  return true
}
