// A recording of what went between a session and its database, as data and as JSON text.

import type { Capabilities, Driver, DriverErrorKind, Query } from '@relata/sql/driver'

/** One statement and what came of it. */
export interface Exchange {
  readonly sql: string
  readonly params: readonly unknown[]
  readonly kind: Query['kind']
  readonly table: string
  readonly rows?: readonly (readonly unknown[])[]
  readonly matched?: number
  readonly insertId?: number | bigint
  readonly error?: { readonly kind: DriverErrorKind; readonly message: string; readonly code?: string }
}

export interface Recording {
  readonly dialect: Driver['dialect']
  readonly capabilities: Capabilities
  readonly exchanges: readonly Exchange[]
}

/** The recording as text; values that JSON has not are written as `{ "$type": … }`. */
export const recordingText = (recording: Recording): string =>
  JSON.stringify(recording, function (this: unknown, key, value: unknown) {
    // What JSON.stringify has called toJSON on already.
    const original: unknown = typeof this === 'object' && this !== null ? Reflect.get(this, key) : value
    return tagged(original, value)
  }, 1)

/** The recording that `recordingText` wrote. Throws a SyntaxError where it did not. */
export const readRecording = (text: string): Recording => {
  const recording: unknown = JSON.parse(text, (_, value: unknown) => untagged(value))
  if (!isRecording(recording)) throw new SyntaxError('this is no recording')
  return recording
}

function tagged(original: unknown, value: unknown): unknown {
  if (typeof original === 'bigint') return { $type: 'bigint', value: String(original) }
  if (original instanceof Date) return { $type: 'date', value: original.getTime() }
  if (original instanceof Uint8Array) return { $type: 'bytes', value: Buffer.from(original).toString('base64') }
  if (typeof original === 'number' && (!Number.isFinite(original) || Object.is(original, -0))) return { $type: 'number', value: Object.is(original, -0) ? '-0' : String(original) }
  if (isObject(original) && '$type' in original) return { $type: 'object', value: Object.entries(original) }
  return value
}

function untagged(value: unknown): unknown {
  if (!isObject(value) || !('$type' in value)) return value
  const content: unknown = Reflect.get(value, 'value')
  switch (value.$type) {
    case 'bigint':
      return BigInt(String(content))
    case 'date':
      return new Date(Number(content))
    case 'bytes':
      return new Uint8Array(Buffer.from(String(content), 'base64'))
    case 'number':
      return Number(content)
    case 'object':
      return Object.fromEntries(content as [string, unknown][])
    default:
      return value
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isRecording(value: unknown): value is Recording {
  return isObject(value) && 'dialect' in value && 'capabilities' in value && 'exchanges' in value && Array.isArray(value.exchanges)
}
