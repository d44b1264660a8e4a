// A session over an adapter, with everything that it needs to write.

import type { Mapping } from '@relata/core'
import type { Adapter, Scope } from '@relata/sql/driver'
import { flush } from '../flush/flush.js'
import { createSession } from '../state/create-session.js'
import type { SessionListeners, SessionOptions } from '../state/session-options.js'
import type { SessionState } from '../state/model.js'
import { checkUsable } from '../transaction/flush-session.js'
import { countStatements } from '../transaction/budget-ledger.js'
import { endSession as end } from '../transaction/end.js'
import { transport } from '../transaction/transport.js'
import { wantCallSites } from '../watch/call-site.js'
import { watchResults } from '../watch/repeated-load.js'
import { auditSession } from '../write/audit.js'
import { driverOf } from './driver-of.js'

export interface RunOptions extends Partial<SessionOptions>, SessionListeners {
  /** Ends the program's statements: the one in flight, where the database can, and all later ones. */
  readonly signal?: AbortSignal
  /** Milliseconds since the epoch after which statements fail with a timeout. */
  readonly deadline?: number
}

/** Opens a session; nothing is sent before its first statement. */
export const openSession = (mapping: Mapping, adapter: Adapter, options: RunOptions): SessionState => {
  const { signal, deadline, onStatement, onWarning, onRepeatedLoad, ...rest } = options
  const listeners: SessionListeners = { ...(onStatement === undefined ? {} : { onStatement }), ...(onWarning === undefined ? {} : { onWarning }), ...(onRepeatedLoad === undefined ? {} : { onRepeatedLoad }) }
  const wire = transport(() => driverOf(adapter), listeners, { ...(signal === undefined ? {} : { signal }), ...(deadline === undefined ? {} : { deadline }) })
  const session = createSession(mapping, wire, rest, listeners, { control: wire, write: rest.audit === true ? auditThenFlush : flush })
  wire.refuse = () => { checkUsable(session) }
  wire.about = (queries) => { countStatements(session, queries) }
  if (onRepeatedLoad !== undefined) {
    watchResults(session)
    unwanted.set(session, wantCallSites())
  }
  return session
}

/** The scope of a session's program, where the adapter has such. */
export const scopeOn = (adapter: Adapter): Scope => adapter.scope?.() ?? ((work) => work())

const auditThenFlush = async (session: SessionState): Promise<unknown> => {
  await auditSession(session)
  return flush(session)
}

/** What ends the noting of call sites, for the sessions that want it. */
const unwanted = new WeakMap<SessionState, () => void>()

/** Ends a session: what was not committed is rolled back, the connection given back, and every object detached. */
export const endSession = async (session: SessionState): Promise<void> => {
  unwanted.get(session)?.()
  await end(session)
}
