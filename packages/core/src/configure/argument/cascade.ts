// Words of `cascade` and what they stand for.

import * as E from 'fp-ts/lib/Either.js'
import type { Cascade } from '../mapping.js'

const words = {
  'save-update': 'saveUpdate', merge: 'merge', 'refresh-expire': 'refreshExpire', expunge: 'expunge', delete: 'delete', 'delete-orphan': 'deleteOrphan',
} as const satisfies Readonly<Record<string, keyof Cascade>>

export const cascadeWords: readonly string[] = [...Object.keys(words), 'all', 'none']

const none: Cascade = Object.freeze({ saveUpdate: false, merge: false, refreshExpire: false, expunge: false, delete: false, deleteOrphan: false })

/** The set that words stand for; the words that are none. Not given, it is save-update and merge. */
export const readCascade = (given: unknown): E.Either<readonly string[], Cascade> => {
  if (given === undefined || given === false) return E.right(Object.freeze({ ...none, saveUpdate: true, merge: true }))
  if (given === null) return E.right(none)
  const list: readonly unknown[] = typeof given === 'string' ? given.split(/\s*,\s*/).filter((word) => word !== '') : Array.isArray(given) ? given : given instanceof Set ? [...given] : [given]
  const unknown = list.filter((word) => typeof word !== 'string' || !cascadeWords.includes(word))
  if (unknown.length > 0) return E.left(unknown.map((word) => (typeof word === 'string' ? word : typeof word)))
  if (list.includes('none')) return E.right(none)
  const all = list.includes('all')
  return E.right(Object.freeze({
    saveUpdate: all || list.includes('save-update'), merge: all || list.includes('merge'),
    refreshExpire: all || list.includes('refresh-expire'), expunge: all || list.includes('expunge'),
    delete: all || list.includes('delete'), deleteOrphan: list.includes('delete-orphan'),
  }))
}

/** What is left of a set where nothing is written. */
export const readOnlyCascade = (cascade: Cascade): Cascade => Object.freeze({ ...cascade, saveUpdate: false, delete: false, deleteOrphan: false })
