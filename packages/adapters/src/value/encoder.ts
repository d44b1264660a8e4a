// From the values of the driver contract to what a client library takes: one small function a parameter, made once a statement.

import type { DatabaseType, ParameterType } from '@relata/sql/driver'
import { checkedDate, checkedMoment } from './moment.js'
import type { Years } from './moment.js'
import { jsonText } from './json.js'
import { checkedBigint, checkedInteger, checkedNumeric, checkedReal } from './number.js'
import { RefusedValue, describe, refuse } from './refused-value.js'
import { checkedLength, checkedText, checkedUuid } from './text.js'

export type Encode = (value: unknown) => unknown

/** How values are handed to one client library, after they have been checked. */
export interface ParameterForm {
  readonly years: Years
  readonly nonFinite: 'none' | 'infinity' | 'all'
  /** What an integer column holds, refused beyond when written. */
  readonly integerBits: 32 | 64
  readonly integer: (value: number) => unknown
  readonly bigint: (value: bigint) => unknown
  readonly real: (value: number) => unknown
  /** A decimal number as text, of a column with this scale; sent as text if not given. */
  readonly numeric?: (value: string, scale: number | undefined) => unknown
  readonly boolean: (value: boolean) => unknown
  readonly timestamp: (value: Date, withTimeZone: boolean) => unknown
  readonly bytes: (value: Uint8Array) => unknown
  /** A list as one parameter (`= ANY($1)`), where the database has it. Members are encoded already; `numbers` where all are integers. */
  readonly list?: (values: readonly unknown[], numbers: boolean) => unknown
}

/** The encoder of a parameter; `writing` when the value goes into a column, so that the column's bounds hold. */
export const encoderOf = (type: ParameterType | undefined, form: ParameterForm, writing: boolean): Encode => {
  if (type?.kind === 'array') return listEncoder(scalarEncoder(type.of, form, writing), form, type.of?.kind === 'integer' || type.of?.kind === 'bigint')
  const encode = scalarEncoder(type, form, writing)
  if (type !== undefined || form.list === undefined) return (value) => (value === null ? null : encode(value))
  const list = listEncoder(encode, form, false)
  return (value) => (value === null ? null : Array.isArray(value) ? list(value) : encode(value))
}

/** The encoders of a statement's parameters. */
export const encodersOf = (
  count: number,
  types: readonly (ParameterType | undefined)[] | undefined,
  form: ParameterForm,
  writing: boolean,
): readonly Encode[] => Array.from({ length: count }, (_, index) => encoderOf(types?.[index], form, writing))

/** The parameters as the client library takes them. Throws `RefusedValue`, which names the parameter by its number. */
export const encodeParams = (params: readonly unknown[], encoders: readonly Encode[]): unknown[] => {
  const encoded: unknown[] = []
  for (let index = 0; index < params.length; index++) encoded.push(encodeParam(params, encoders, index))
  return encoded
}

/** One of the parameters as the client library takes it. */
export const encodeParam = (params: readonly unknown[], encoders: readonly Encode[], index: number): unknown => {
  try {
    return encoders[index]!(params[index])
  } catch (thrown) {
    throw thrown instanceof RefusedValue ? new RefusedValue(`parameter ${index + 1}: ${thrown.message}`) : thrown
  }
}

function listEncoder(encode: Encode, form: ParameterForm, numbers: boolean): Encode {
  const list = form.list ?? (() => refuse('this database takes no list in one parameter'))
  return (value) => {
    if (value === null) return null
    if (!Array.isArray(value)) return refuse(`expected a list, got ${describe(value)}`)
    return list(value.map((item: unknown) => (item === null ? null : encode(item))), numbers)
  }
}

function scalarEncoder(type: DatabaseType | undefined, form: ParameterForm, writing: boolean): Encode {
  if (type === undefined) return (value) => encodeUntyped(value, form)
  switch (type.kind) {
    case 'integer':
      return writing && form.integerBits === 32
        ? (value) => form.integer(within32(checkedInteger(value)))
        : (value) => form.integer(checkedInteger(value))
    case 'bigint':
      return (value) => form.bigint(checkedBigint(value))
    case 'real':
      return (value) => form.real(checkedReal(value, form.nonFinite))
    case 'numeric':
      return numericEncoder(type, form, writing)
    case 'text':
    case 'enumeration':
      return checkedText
    case 'varchar':
      return writing ? (value) => checkedLength(checkedText(value), type.length) : checkedText
    case 'boolean':
      return (value) => form.boolean(checkedBoolean(value))
    case 'timestamp':
      return (value) => form.timestamp(checkedMoment(value, form.years), type.withTimeZone)
    case 'date':
      return (value) => checkedDate(value, form.years)
    case 'json':
      return jsonText
    case 'uuid':
      return checkedUuid
    case 'bytes':
      return (value) => form.bytes(checkedBytes(value))
    case 'custom':
      return (value) => encodeUntyped(value, form)
    default:
      return unknownKind(type)
  }
}

function numericEncoder(type: DatabaseType & { readonly kind: 'numeric' }, form: ParameterForm, writing: boolean): Encode {
  const checked = writing ? (value: unknown) => checkedNumeric(value, form.nonFinite, type) : (value: unknown) => checkedNumeric(value, form.nonFinite)
  const send = form.numeric
  return send === undefined ? checked : (value) => send(checked(value), type.scale)
}

function encodeUntyped(value: unknown, form: ParameterForm): unknown {
  switch (typeof value) {
    case 'string':
      return checkedText(value)
    case 'number':
      return Number.isSafeInteger(value) ? form.integer(value) : form.real(checkedReal(value, form.nonFinite))
    case 'bigint':
      return form.bigint(checkedBigint(value))
    case 'boolean':
      return form.boolean(value)
    case 'object':
      if (value instanceof Date) return form.timestamp(checkedMoment(value, form.years), true)
      if (value instanceof Uint8Array) return form.bytes(value)
      return refuse(`${describe(value)} needs the type of its column to be sent`)
    case 'undefined':
      return refuse('undefined is no value: use null')
    default:
      return refuse(`${describe(value)} is no value of a database`)
  }
}

function within32(value: number): number {
  return value === (value | 0) ? value : refuse('the integer does not fit into 32 bits: use a bigint column')
}

function checkedBoolean(value: unknown): boolean {
  return typeof value === 'boolean' ? value : refuse(`expected a boolean, got ${describe(value)}`)
}

function checkedBytes(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : refuse(`expected bytes, got ${describe(value)}`)
}

function unknownKind(type: never): never {
  return refuse(`unknown column type ${JSON.stringify(type)}`)
}
