// How an adapter makes the errors of the driver contract out of what its client library throws.

import { driverError, isDriverError } from '@relata/sql/driver'
import type { DriverError, DriverErrorKind, ExecuteOptions } from '@relata/sql/driver'
import { RefusedValue } from '../value/refused-value.js'

/** What a client library tells of an error beside its kind and message. */
export interface ErrorFacts {
  readonly constraint?: string | undefined
  readonly table?: string | undefined
  readonly columns?: readonly string[] | undefined
  readonly code?: string | undefined
  readonly cause?: unknown
}

/** A driver error of a kind; facts that are undefined or empty are left out. */
export const classified = (kind: DriverErrorKind, message: string, facts: ErrorFacts = {}): DriverError =>
  driverError(kind, message, {
    ...(facts.constraint ? { constraint: facts.constraint } : {}),
    ...(facts.table ? { table: facts.table } : {}),
    ...(facts.columns && facts.columns.length > 0 ? { columns: facts.columns } : {}),
    ...(facts.code ? { code: facts.code } : {}),
    ...(facts.cause === undefined ? {} : { cause: facts.cause }),
  })

/** What needs no knowledge of the database: errors that are classified already, and values that we refused. */
export const classifiedByUs = (thrown: unknown): DriverError | undefined =>
  isDriverError(thrown) ? thrown : thrown instanceof RefusedValue ? driverError('value', thrown.message) : undefined

/** Throws a driver error, which the contract wants as a record: it is data to whoever gets it. */
export const raise = (error: DriverError): never => {
  // oxlint-disable-next-line typescript/only-throw-error
  throw error
}

/** The same error with the statement that failed, unless it names one. */
export const withSql = (error: DriverError, sql: string): DriverError => (error.sql === undefined ? Object.freeze({ ...error, sql }) : error)

/** The error of a statement that need not be sent any more, if it is so. */
export const expired = (options: ExecuteOptions | undefined): DriverError | undefined => {
  if (options === undefined) return undefined
  if (options.signal?.aborted === true) return classified('cancelled', 'the statement was cancelled before it was sent', { cause: options.signal.reason })
  return options.deadline !== undefined && options.deadline <= Date.now() ? classified('timeout', 'the deadline passed before the statement was sent') : undefined
}

/** What any thrown thing says, in words. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error && thrown.message !== '' ? thrown.message : typeof thrown === 'string' ? thrown : 'unknown error'

/** A property of a thrown thing if it is a text that is not empty. */
export const textProperty = (thrown: unknown, property: string): string | undefined => {
  if (typeof thrown !== 'object' || thrown === null) return undefined
  const value: unknown = Reflect.get(thrown, property)
  return typeof value === 'string' && value !== '' ? value : undefined
}
