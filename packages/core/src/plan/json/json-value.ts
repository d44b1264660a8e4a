// Any value as JSON, and back: what JSON has no form for stands in a record of one key that begins with `$`.

import { isObject } from '../../configure/is-object.js'
import { fromHex, toHex } from './hex.js'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A value as JSON. Undefined is null, as it is in a list of JSON; objects of a class are their own fields, or what their `toJSON` gives. */
export const toJson = (value: unknown): Json => {
  switch (typeof value) {
    case 'string': case 'boolean': return value
    case 'number': return Number.isFinite(value) && !Object.is(value, -0) ? value : { $number: Object.is(value, -0) ? '-0' : String(value) }
    case 'bigint': return { $bigint: String(value) }
    case 'object': return value === null ? null : ofObject(value)
    default: return null
  }
}

/** The value that `toJson` was given; JSON that it did not make is taken as it is. */
export const fromJson = (json: unknown): unknown => {
  if (Array.isArray(json)) return json.map(fromJson)
  if (!isObject(json)) return json
  const keys = Object.keys(json)
  const [key] = keys
  if (keys.length === 1 && key?.startsWith('$') === true) {
    const found = marked(key, json[key])
    if (found !== undefined) return found.value
  }
  return Object.fromEntries(Object.entries(json).map(([name, field]) => [name, fromJson(field)]))
}

const ofObject = (value: object): Json => {
  if (Array.isArray(value)) return value.map(toJson)
  if (value instanceof Date) return { $date: Number.isNaN(value.getTime()) ? null : value.toISOString() }
  if (value instanceof Uint8Array) return { $bytes: toHex(value) }
  if ('toJSON' in value && typeof value.toJSON === 'function') return toJson((value.toJSON as () => unknown)()) // as JSON.stringify does
  const fields = Object.entries(value).filter(([, field]) => field !== undefined && typeof field !== 'function')
  const json = Object.fromEntries(fields.map(([name, field]) => [name, toJson(field)]))
  // One that looks like a mark is marked itself.
  return fields.length === 1 && fields[0]?.[0].startsWith('$') === true ? { $object: json } : json
}

/** What a mark stands for; none where it is no mark of ours. */
const marked = (key: string, json: unknown): { readonly value: unknown } | undefined => {
  switch (key) {
    case '$number': return { value: Number(json) }
    case '$bigint': return typeof json === 'string' && /^-?\d+$/.test(json) ? { value: BigInt(json) } : undefined
    case '$date': return { value: new Date(typeof json === 'string' ? json : Number.NaN) }
    case '$bytes': return typeof json === 'string' ? { value: fromHex(json) } : undefined
    case '$object': return isObject(json) ? { value: Object.fromEntries(Object.entries(json).map(([name, field]) => [name, fromJson(field)])) } : undefined
    default: return undefined
  }
}
