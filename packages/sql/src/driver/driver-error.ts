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

/**
 * An error of a kind: what an adapter's `classify` gives and its promises reject with.
 *
 * @example
 * driverError('unique', 'UNIQUE constraint failed: users.name', { table: 'users', columns: ['name'], code: 'SQLITE_CONSTRAINT_UNIQUE' })
 */
export const driverError = (kind: DriverErrorKind, message: string, about: Partial<Omit<DriverError, '_tag' | 'kind' | 'message'>> = {}): DriverError =>
  Object.freeze({ _tag: 'DriverError', kind, message, ...about })

/** Would the whole transaction, run again, have a chance? */
export const isRetryable = (error: DriverError): boolean => error.kind === 'serialization' || error.kind === 'deadlock'

/** Is this one of ours? */
export const isDriverError = (error: unknown): error is DriverError =>
  typeof error === 'object' && error !== null && '_tag' in error && error._tag === 'DriverError'
