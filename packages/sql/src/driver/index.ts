// The driver contract as types, and the few values that an adapter may want. Nothing here needs a package at run time.

export type { DatabaseType, DatabaseTypeKind, DriverValues } from '@relata/core'
export type * from './query.js'
export type * from './driver.js'
export type { DriverError, DriverErrorKind } from './driver-error.js'
export { driverError, isDriverError, isRetryable } from './driver-error.js'
export { defaultCapabilities } from './capabilities.js'
export { executeManyByDefault, pipelineByDefault, streamByDefault } from './defaults.js'
