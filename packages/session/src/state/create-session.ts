// A session without anything in it yet.

import type { Mapping } from '@relata/core'
import { turns } from './exclusive.js'
import type { SessionListeners, SessionOptions } from './session-options.js'
import type { Executor, TransactionControl } from './executor.js'
import type { SessionState } from './model.js'
import { newFrame } from './undo-frame.js'

export const defaultOptions: SessionOptions = { autoflush: true, expireOnCommit: false, audit: false }

/** Makes the state of a session over an executor; it has one undo frame, of the transaction that its first statement will begin. */
export const createSession = (
  mapping: Mapping, executor: Executor, options: Partial<SessionOptions> = {}, listeners: SessionListeners = {},
  ways: { readonly control?: TransactionControl; readonly write?: SessionState['write'] } = {},
): SessionState => ({
  _tag: 'Session', mapping, options: { ...defaultOptions, ...options }, listeners, executor,
  control: ways.control ?? noTransactions, write: ways.write ?? (async () => {}),
  identity: new Map(), contexts: new Set(), pending: new Set(), dirty: new Set(), deleted: new Set(), undo: [newFrame(undefined)],
  failure: undefined, changeCount: 0, endedAt: 0, nextOrder: 0, flushing: false, savepoints: 0, transaction: undefined, autoflushOff: 0, closed: false, turns: turns(),
})

/** For a session that only looks: it has no connection of its own. */
const nothing = async (): Promise<void> => {}
const noTransactions: TransactionControl = {
  inTransaction: false, begin: nothing, commit: nothing, rollback: nothing, savepoint: nothing, releaseSavepoint: nothing, rollbackToSavepoint: nothing, close: nothing,
}
