// Letting go of batches that a stream has passed: the session does not keep what only went by.
//
// A batch goes where nothing else can refer to it: everything in it was made by its reading, and between then and the next batch
// nothing was changed and nothing else was loaded. Otherwise it stays, whole.

import { noteReads } from '../load/noted-reads.js'
import type { Reader } from '../load/hydrate.js'
import { identitiesOf } from '../state/identity-map.js'
import { Instance } from '../state/instance.js'
import type { LoadContext, SessionState } from '../state/model.js'
import { markLetGo } from '../state/held.js'
import { identityOf } from '../state/state-of.js'
import { hasChanges } from '../transaction/flush-session.js'

export interface Passing {
  /** Reads a batch, and lets go of the one before where that harms nobody. */
  readonly read: <A>(batch: () => Promise<A>) => Promise<A>
  /** Ends the watch; lets go of the last batch. */
  readonly end: () => void
}

/** Watches what a session reads while a stream goes by. */
export const passing = (session: SessionState): Passing => {
  let made: Instance[] = []
  let stays = false
  let reading = false
  let changes = session.changeCount
  const stop = noteReads(session, (reader) => {
    if (reading) stays = stays || !gather(reader, made)
    else stays = true
  })
  const letGo = (): void => {
    if (!stays && session.changeCount === changes && !hasChanges(session)) release(session, made)
    made = []
    stays = false
  }
  return {
    read: async (batch) => {
      letGo()
      reading = true
      try {
        return await batch()
      } finally {
        reading = false
        changes = session.changeCount
      }
    },
    end: () => {
      letGo()
      stop()
    },
  }
}

/** Notes what a read made; false where it looked into objects that were there before, which now may refer to these. */
const gather = (reader: Reader, made: Instance[]): boolean => {
  const fills = reader.related.length > 0 || reader.compiled.read.followUps.length > 0
  let alone = true
  for (const instance of reader.met) {
    if (reader.fresh.has(instance)) made.push(instance)
    else if (fills) alone = false
  }
  return alone
}

const release = (session: SessionState, made: readonly Instance[]): void => {
  if (made.some((instance) => Instance.backing(instance)._tag === 'state')) return
  // Objects that stay may share the context: those that go get one of their own.
  const outside = new Map<LoadContext, LoadContext>()
  for (const instance of made) {
    const backing = Instance.backing(instance)
    const key = identityOf(instance)
    const identities = identitiesOf(session.identity, backing.entity)
    if (key !== undefined && identities.get(key) === instance) identities.delete(key)
    if (backing._tag !== 'context' || backing.session === undefined) continue
    let gone = outside.get(backing)
    if (gone === undefined) {
      outside.set(backing, gone = { ...backing, session: undefined })
      markLetGo(gone)
    }
    Instance.rebase(instance, gone)
  }
}
