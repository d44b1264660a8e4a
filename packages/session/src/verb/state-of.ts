// stateOf: where an object is in its life.

import type { Lifecycle } from '../state/model.js'
import { instanceFrom, lifecycleOf } from '../state/state-of.js'

/**
 * Transient (made, and in no session), pending (to be inserted), persistent (has a row), deleted (its row was deleted in this
 * transaction) or detached (has a row, and is in no session).
 *
 * @example
 * stateOf(create(User, { name: 'ed' })) // 'transient'
 */
export const stateOf = (subject: object): Lifecycle => lifecycleOf(instanceFrom(subject, 'stateOf'))
