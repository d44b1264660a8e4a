// What the server says, read from the bytes of its messages: rows become arrays at once, texts keep every character.

import { oid, readBytes } from '../postgresql/values.js'
import type { WireColumn } from '../postgresql/wire.js'

/** The columns of a statement, as the server describes them. */
export type Columns = readonly WireColumn[]

/** The fields of an error, under the names that the PostgreSQL libraries use. */
export class ServerError extends Error {
  readonly code: string
  readonly detail: string | undefined
  readonly constraint: string | undefined
  readonly table: string | undefined
  readonly column: string | undefined
  readonly routine: string | undefined

  constructor(fields: ReadonlyMap<string, string>) {
    super(fields.get('M') ?? 'the server reported an error')
    this.name = 'ServerError'
    this.code = fields.get('C') ?? ''
    this.detail = fields.get('D')
    this.constraint = fields.get('n')
    this.table = fields.get('t')
    this.column = fields.get('c')
    this.routine = fields.get('R')
  }
}

export interface Answer {
  readonly rows: unknown[][]
  readonly columns: Columns
  readonly command: string
  readonly matched: number
  readonly error: ServerError | undefined
  /** No transaction is open. */
  readonly idle: boolean
}

export const noColumns: Columns = []

/** Reads the answer to one statement; `known` are its columns where they are not described again. */
export const readAnswer = (bytes: Uint8Array, known: Columns): Answer => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const rows: unknown[][] = []
  let columns = known
  let parsers = parsersOf(columns)
  let tag = ''
  let error: ServerError | undefined
  let idle = true

  for (let at = 0; at + 5 <= buffer.length; at += 1 + buffer.readInt32BE(at + 1)) {
    const start = at + 5
    switch (buffer[at]) {
      case 0x44: // D, a row
        rows.push(readRow(buffer, start, parsers))
        break
      case 0x54: // T, the description of rows
        columns = readColumns(buffer, start)
        parsers = parsersOf(columns)
        break
      case 0x43: // C, a statement is complete
        tag = buffer.toString('utf8', start, at + buffer.readInt32BE(at + 1))
        break
      case 0x45: // E, an error; what follows the first is only its consequence
        error ??= new ServerError(readFields(buffer, start))
        break
      case 0x5a: // Z, ready for the next
        idle = buffer[start] === 0x49
        break
      default:
    }
  }
  const [command = '', ...numbers] = tag.split(' ')
  const count = Number(numbers.at(-1))
  return { rows, columns, command, matched: writes.has(command) && Number.isInteger(count) ? count : 0, error, idle }
}

const writes: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY'])

type Parse = ((text: string) => unknown) | undefined

const parsersByType = new Map<number, (text: string) => unknown>([
  [oid.boolean, (text) => text === 't'],
  [oid.bytea, readBytes],
  ...[oid.int2, oid.int4, oid.oid, oid.float4, oid.float8].map((type): [number, (text: string) => unknown] => [type, Number]),
])

function parsersOf(columns: Columns): readonly Parse[] {
  return columns.map(({ type }) => parsersByType.get(type))
}

function readRow(buffer: Buffer, start: number, parsers: readonly Parse[]): unknown[] {
  const row: unknown[] = []
  let at = start + 2
  for (const parse of parsers) {
    const length = buffer.readInt32BE(at)
    at += 4
    if (length < 0) {
      row.push(null)
      continue
    }
    const text = buffer.toString('utf8', at, at + length)
    row.push(parse === undefined ? text : parse(text))
    at += length
  }
  return row
}

function readColumns(buffer: Buffer, start: number): Columns {
  const columns: WireColumn[] = []
  let at = start + 2
  for (let left = buffer.readInt16BE(start); left > 0; left--) {
    const end = buffer.indexOf(0, at)
    // After the name: the table, the number in it, the type, its size, its modifier, the format.
    columns.push({ name: buffer.toString('utf8', at, end), type: buffer.readUInt32BE(end + 7) })
    at = end + 19
  }
  return columns
}

function readFields(buffer: Buffer, start: number): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (let at = start; buffer[at] !== 0; ) {
    const end = buffer.indexOf(0, at)
    fields.set(String.fromCharCode(buffer[at] ?? 0), buffer.toString('utf8', at + 1, end))
    at = end + 1
  }
  return fields
}
