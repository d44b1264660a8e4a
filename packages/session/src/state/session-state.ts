// The names under which the session's part of the model is imported.

export type { IdentityMap, SessionState, UndoFrame } from './model.js'
export type { Connected, Executor, TransactionControl, TransactionMark } from './executor.js'
