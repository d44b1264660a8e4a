// The public names of @relata/sql: statements, dialects and the printer.

export type * from './statement.js'
export type { SqlError, SqlErrorCode } from './sql-error.js'
export { isSqlError } from './sql-error.js'
export type { Dialect, TypeName } from './dialect/dialect.js'
export type { CompiledStatement, CompileOptions } from './print/compiled-statement.js'
export { compile } from './print/compile.js'
