// Errors of a database by kind, the same on every driver, with the driver's own as cause.

export type DriverErrorKind =
  | 'unique' | 'foreign key' | 'not null' | 'check'
  | 'serialization' | 'deadlock' | 'timeout' | 'cancelled' | 'connection lost' | 'commit unknown'
  | 'syntax' | 'permission' | 'read only' | 'value' | 'reentrant' | 'closed' | 'other'

export interface DriverError {
  readonly _tag: 'DriverError'
  readonly kind: DriverErrorKind
  readonly message: string
  readonly constraint?: string
  readonly table?: string
  readonly columns?: readonly string[]
  /** The database's own code: an SQLSTATE, an errno, a SQLITE_… name. */
  readonly code?: string
  readonly sql?: string
  readonly cause?: unknown
}

/** Would the whole transaction, run again, have a chance? */
export const isRetryable = (error: DriverError): boolean => error.kind === 'serialization' || error.kind === 'deadlock'

export const isDriverError = (error: unknown): error is DriverError =>
  typeof error === 'object' && error !== null && (error as { _tag?: unknown })._tag === 'DriverError'
