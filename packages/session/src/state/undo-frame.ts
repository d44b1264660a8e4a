// What a rollback must undo, object by object. Most transactions are committed, so a flush leaves its lists as they are, and only who asks
// has them put into sets and maps.

import type { KeptFlush, Undo, UndoFrame } from './model.js'
import { ownEntries } from './small-map.js'

/** An undo frame in which nothing happened yet. */
export const newFrame = (savepoint: string | undefined): UndoFrame =>
  ({ savepoint, flushes: [], undo: { inserted: new Set(), letGo: new Set(), deleted: new Set(), keys: new Map(), touched: new Map() } })

/** All that happened since a frame began. */
export const undoOf = ({ flushes, undo }: UndoFrame): Undo => {
  for (const flush of flushes.splice(0)) unfold(undo, flush)
  return undo
}

/** Did nothing happen since a frame began? */
export const isUntouched = (frame: UndoFrame): boolean => {
  const { inserted, letGo, deleted, keys, touched } = undoOf(frame)
  return inserted.size === 0 && letGo.size === 0 && deleted.size === 0 && keys.size === 0 && touched.size === 0
}

const unfold = ({ inserted, deleted, touched }: Undo, flush: KeptFlush): void => {
  for (const state of flush.inserted) inserted.add(state)
  for (const state of flush.deleted) deleted.add(state)
  for (const [place, state] of flush.changed.entries()) {
    const before = flush.before[place]
    const known = touched.get(state)
    if (before === undefined) continue
    if (known === undefined) touched.set(state, ownEntries(before))
    else before.forEach((value, slot) => { if (!known.has(slot)) known.set(slot, value) })
  }
}
