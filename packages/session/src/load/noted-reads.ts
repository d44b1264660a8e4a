// Who wants to hear of every read of a session: which objects it met and which it made.

import type { Reader } from './reader.js'
import type { SessionState } from '../state/model.js'

export type Note = (reader: Reader) => void

const notes = new WeakMap<SessionState, Set<Note>>()

/** Hears of every read from now on; the answer ends that. */
export const noteReads = (session: SessionState, note: Note): (() => void) => {
  let noted = notes.get(session)
  if (noted === undefined) notes.set(session, noted = new Set())
  noted.add(note)
  return () => { noted.delete(note) }
}

/** Does anybody want to hear? Then reads keep which objects they made. */
export const areReadsNoted = (session: SessionState): boolean => (notes.get(session)?.size ?? 0) > 0

/** Tells of a read and of what its rows brought along. */
export const tellRead = (session: SessionState, reader: Reader): void => {
  const noted = notes.get(session)
  if (noted === undefined) return
  for (const note of noted) note(reader)
  for (const each of reader.related) tellRead(session, each)
}
