// A session over an adapter, with everything that it needs to write.

import type { Mapping } from '@relata/core'
import type { Adapter } from '@relata/sql/driver'
import { flush } from '../flush/flush.js'
import { createSession } from '../state/create-session.js'
import type { SessionListeners, SessionOptions } from '../state/session-options.js'
import type { SessionState } from '../state/session-state.js'
import { checkUsable } from '../transaction/flush-session.js'
import { countStatements } from '../transaction/budget-ledger.js'
import { transport } from '../transaction/transport.js'
import { driverOf } from './driver-of.js'

export interface RunOptions extends Partial<SessionOptions>, SessionListeners {
  /** Ends the program's statements: the one in flight, where the database can, and all later ones. */
  readonly signal?: AbortSignal
  /** Milliseconds since the epoch after which statements fail with a timeout. */
  readonly deadline?: number
}

/** Opens a session; nothing is sent before its first statement. */
export const openSession = (mapping: Mapping, adapter: Adapter, options: RunOptions): SessionState => {
  const { signal, deadline, onStatement, onWarning, ...rest } = options
  const listeners: SessionListeners = { ...(onStatement === undefined ? {} : { onStatement }), ...(onWarning === undefined ? {} : { onWarning }) }
  const wire = transport(() => driverOf(adapter), listeners, { ...(signal === undefined ? {} : { signal }), ...(deadline === undefined ? {} : { deadline }) })
  const session = createSession(mapping, wire, rest, listeners, { control: wire, write: flush })
  wire.refuse = () => { checkUsable(session) }
  wire.about = (queries) => { countStatements(session, queries) }
  return session
}

/** Ends a session: what was not committed is rolled back, the connection given back, and every object detached. */
export const endSession = async (session: SessionState): Promise<void> => {
  session.closed = true
  await session.control.close()
}
