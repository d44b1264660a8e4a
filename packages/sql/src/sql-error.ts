// What cannot be said to a database: a name that it would not keep, or a construct that it lacks. Found before anything is sent.

export type SqlErrorCode =
  /** A name that is empty, too long for the database, or holds a character that no quoting saves. */
  | 'identifier'
  /** The operator or function is not one that may stand in a statement's text. */
  | 'operator'
  /** The database has no such construct and nothing else means the same. */
  | 'unsupported'
  /** The statement contradicts itself: no columns, a slot that nothing fills, parts that do not fit. */
  | 'malformed'

export interface SqlError {
  readonly _tag: 'SqlError'
  readonly code: SqlErrorCode
  readonly message: string
  readonly detail: { readonly dialect: string; readonly construct?: string; readonly name?: string }
  /** What to do instead. */
  readonly hint: string
}

/** An error about a construct or a name, as a value. */
export const sqlError = (
  code: SqlErrorCode,
  dialect: { readonly name: string },
  message: string,
  hint: string,
  about: { readonly construct?: string; readonly name?: string } = {},
): SqlError => Object.freeze({ _tag: 'SqlError', code, message, detail: Object.freeze({ dialect: dialect.name, ...about }), hint })

/** Is this one of ours? */
export const isSqlError = (error: unknown): error is SqlError =>
  typeof error === 'object' && error !== null && '_tag' in error && error._tag === 'SqlError'
