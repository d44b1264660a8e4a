// What a column is in the database: plain data that a dialect turns into DDL, and by which a driver picks its value codec.

export type DatabaseType =
  | { readonly kind: 'integer' }
  | { readonly kind: 'bigint' }
  | { readonly kind: 'real' }
  | { readonly kind: 'numeric'; readonly precision?: number; readonly scale?: number }
  | { readonly kind: 'text' }
  | { readonly kind: 'varchar'; readonly length: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'timestamp'; readonly withTimeZone: boolean }
  | { readonly kind: 'date' }
  | { readonly kind: 'json' }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'enumeration'; readonly values: readonly string[] }
  | { readonly kind: 'custom'; readonly name: string }

export type DatabaseTypeKind = DatabaseType['kind']

/**
 * The value that crosses the driver for each kind, the same on every driver (null where the column is nullable).
 * `numeric` and `date` stay text, so that nothing is rounded or moved between zones.
 */
export interface DriverValues {
  readonly integer: number
  readonly bigint: bigint
  readonly real: number
  readonly numeric: string
  readonly text: string
  readonly varchar: string
  readonly boolean: boolean
  readonly timestamp: Date
  readonly date: string
  readonly json: unknown
  readonly uuid: string
  readonly bytes: Uint8Array
  readonly enumeration: string
  readonly custom: unknown
}
