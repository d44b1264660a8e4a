// What a program may say to `run` about its session, and who listens.

import type { Query } from '@relata/sql/driver'

export interface SessionOptions {
  /** True by default: pending changes are flushed before a query. */
  readonly autoflush: boolean
  /** False by default: after a commit loaded slots stay loaded. */
  readonly expireOnCommit: boolean
  /** Before each flush, compares every object of the session with its row and warns of what was written past it: for tests. */
  readonly audit: boolean
}

export interface StatementEvent { readonly query: Query; readonly kind: Query['kind']; readonly table: string; readonly rows: number; readonly milliseconds: number }

export interface SessionWarning {
  readonly _tag: 'SessionWarning'
  readonly code: 'not-in-session-cascade' | 'multiple-rows-for-scalar' | 'identity-conflict' | 'deleted-rows' | 'detached-load' | 'audit' | 'other'
  readonly message: string
  readonly relationship?: string
}

/** Loads of one relationship that repeat one by one across the objects of a result, where one statement would do. */
export interface RepeatedLoad {
  /** `Entity.relationship`. */
  readonly relationship: string
  /** How many objects the result has. */
  readonly siblings: number
  /** The line of the program that asked for the load, as a stack has it. */
  readonly callSite?: string
  readonly hint: string
}

export interface SessionListeners {
  /** Told once a result and relationship, at the second such load. Only with it are results and call sites noted at all. */
  readonly onRepeatedLoad?: (repeated: RepeatedLoad) => void
  readonly onStatement?: (event: StatementEvent) => void
  readonly onWarning?: (warning: SessionWarning) => void
}
