// What can go wrong in a session, as one closed union of values; codes as the conformance cases name them.

import type { MappingError } from '@relata/core'
import type { DriverError, Query } from '@relata/sql/driver'

export type SessionErrorCode =
  | 'circular-dependency' | 'stale-data' | 'detached' | 'object-deleted' | 'integrity' | 'pending-rollback' | 'no-result' | 'multiple-results'
  | 'blank-out-primary-key' | 'raise-load' | 'single-parent' | 'already-attached' | 'identity-conflict' | 'not-persistent' | 'not-in-session'
  | 'has-been-deleted' | 'null-identity' | 'wrong-type' | 'collection-type'
  | 'argument' | 'invalid-request' | 'other' | 'type' | 'attribute' | 'value' | 'key' | 'flush' | 'database' | 'not-supported' | 'budget'

interface Failure { readonly code: SessionErrorCode; readonly message: string; readonly hint?: string; readonly detail?: Readonly<Record<string, unknown>>; readonly cause?: unknown }

/** A verb would break a rule: nothing was changed. */
export interface ChangeRefused extends Failure { readonly _tag: 'ChangeRefused' }
/** A load cannot be done, or was refused by its strategy. */
export interface LoadFailed extends Failure { readonly _tag: 'LoadFailed' }
/** A flush cannot be planned or did not do what it said. */
export interface FlushFailed extends Failure { readonly _tag: 'FlushFailed' }
/** A query gave none or too many. */
export interface ResultFailed extends Failure { readonly _tag: 'ResultFailed' }
/** The query itself is wrong for this mapping. */
export interface QueryRefused extends Failure { readonly _tag: 'QueryRefused' }
/** The session cannot do this now (`pending-rollback`, closed). */
export interface SessionUnusable extends Failure { readonly _tag: 'SessionUnusable' }
/** The database said no; constraint violations have code `integrity`. */
export interface DatabaseFailed extends Failure { readonly _tag: 'DatabaseFailed'; readonly driver: DriverError }
/** A program wanted to send more statements than its budget; the last of them was not sent. */
export interface BudgetExceeded extends Failure { readonly _tag: 'BudgetExceeded'; readonly statements: readonly Pick<Query, 'sql' | 'kind' | 'table'>[] }
/** The registry does not configure. */
export interface MappingFailed extends Failure { readonly _tag: 'MappingFailed'; readonly errors: readonly MappingError[] }

export type SessionError =
  | ChangeRefused | LoadFailed | FlushFailed | ResultFailed | QueryRefused | SessionUnusable | DatabaseFailed | BudgetExceeded | MappingFailed
