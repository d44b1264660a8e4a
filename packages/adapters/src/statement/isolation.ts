// The isolation of a transaction, which goes into a statement as it is.

import type { Isolation } from '@relata/sql/driver'
import { classified, raise } from '../error/classified.js'

const levels: readonly Isolation[] = ['read uncommitted', 'read committed', 'repeatable read', 'serializable']

/** The words for it; rejects as `syntax` what is no level, as nothing else may go there. */
export const isolationLevel = (isolation: Isolation): string =>
  levels.includes(isolation) ? `isolation level ${isolation}` : raise(classified('syntax', `${JSON.stringify(isolation)} is no isolation level: one of ${levels.join(', ')}`))
