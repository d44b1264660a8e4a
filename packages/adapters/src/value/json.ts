// JSON that means the same when it comes back: what JSON.stringify would drop or change is refused.

import { describe, refuse } from './refused-value.js'

/** The JSON text of a value made of null, booleans, finite numbers, texts, arrays and plain objects. */
export const jsonText = (value: unknown): string => {
  try {
    check(value)
    const text = JSON.stringify(value)
    return unstorable.test(text) ? refuse('JSON may not contain the character NUL or half of a surrogate pair') : text
  } catch (thrown) {
    if (thrown instanceof RangeError) return refuse('the JSON value is nested too deeply or refers to itself')
    throw thrown
  }
}

/** The value of a JSON text that a database delivered. */
export const readJson = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return refuse('the database delivered a text that is no JSON')
  }
}

// An escape that JSON.stringify writes for NUL or a lone surrogate, after an even number of backslashes.
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/

function check(value: unknown): void {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return
    case 'number':
      if (!Number.isFinite(value)) refuse(`JSON has no ${value}`)
      return
    case 'object':
      if (value === null) return
      if (Array.isArray(value)) {
        for (const item of value) check(item)
        return
      }
      checkObject(value)
      return
    default:
      refuse(`JSON has no ${typeof value}`)
  }
}

function checkObject(value: object): void {
  const prototype: unknown = Object.getPrototypeOf(value)
  if ((prototype !== Object.prototype && prototype !== null) || 'toJSON' in value) {
    refuse(`JSON would not give back ${value instanceof Date ? describe(value) : 'an object of a class'}: encode it first`)
  }
  for (const key of Object.keys(value)) {
    const item: unknown = Reflect.get(value, key)
    // An optional property that is undefined is left out, as everywhere in TypeScript.
    if (item !== undefined) check(item)
  }
}
