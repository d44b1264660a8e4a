// contains: is an object in the session?

import { db, type Db } from '../db.js'
import { isIn } from '../membership/attach.js'
import { instanceFrom } from '../state/state-of.js'

/**
 * Is an object pending or persistent in this session? `contains(ed)`
 *
 * @example
 * pipe(add(ed), RTE.chain(() => contains(ed))) // true
 */
export const contains = (subject: object): Db<boolean> => db((session) => isIn(session, instanceFrom(subject, 'contains')))
