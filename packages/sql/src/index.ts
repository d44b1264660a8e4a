// The public names of @relata/sql: statements, dialects and the printer.

export type * from './statement.js'
