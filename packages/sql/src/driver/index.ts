// The driver contract: what an adapter implements and what its errors are.

export type * from './driver.js'
export type * from './query.js'
export type { DriverError, DriverErrorKind } from './driver-error.js'
export { isDriverError, isRetryable } from './driver-error.js'
export { defaultCapabilities } from './capabilities.js'
export type { DatabaseType, DatabaseTypeKind, DriverValues } from '@relata/core'
