// A value that a database could not take, or could take only changed: refused before anything is sent.

/** Thrown by encoders and decoders; `classify` of every adapter turns it into a driver error of kind `value`. */
export class RefusedValue extends Error {
  override readonly name = 'RefusedValue'
}

/** Throws a `RefusedValue`. */
export const refuse = (message: string): never => {
  throw new RefusedValue(message)
}

/** What kind of thing a value is, for messages: never the value itself, which may be secret. */
export const describe = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : Number.isFinite(value) ? 'a fraction' : String(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : 'a Date'
  if (value instanceof Uint8Array) return 'bytes'
  if (typeof value === 'string') return 'a text'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
