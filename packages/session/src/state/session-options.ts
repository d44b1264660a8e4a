// What a program may say to `run` about its session, and who listens.

import type { Query } from '@relata/sql/driver'

export interface SessionOptions {
  /** True by default: pending changes are flushed before a query. */
  readonly autoflush: boolean
  /** False by default: after a commit loaded slots stay loaded. */
  readonly expireOnCommit: boolean
  /** Compares every object with its row at flush, for tests. */
  readonly audit: boolean
}

export interface StatementEvent { readonly query: Query; readonly kind: Query['kind']; readonly table: string; readonly rows: number; readonly milliseconds: number }

export interface SessionWarning {
  readonly _tag: 'SessionWarning'
  readonly code: 'not-in-session-cascade' | 'multiple-rows-for-scalar' | 'identity-conflict' | 'deleted-rows' | 'detached-load' | 'other'
  readonly message: string
  readonly relationship?: string
}

export interface SessionListeners {
  readonly onStatement?: (event: StatementEvent) => void
  readonly onWarning?: (warning: SessionWarning) => void
}
