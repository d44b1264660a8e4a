// A check of the contract: a name and something to run that throws where the driver is wrong. No test framework is needed.

import { integer, table, text, column } from '@relata/core'
import type { DatabaseType, TableDescriptor } from '@relata/core'
import { createAll, dropAll } from '../ddl/create-all.js'
import type { Dialect } from '../dialect/dialect.js'
import { dialectFor } from '../dialect/dialects.js'
import type { Connection, Driver } from '../driver/driver.js'
import type { DriverError, DriverErrorKind } from '../driver/driver-error.js'
import { isDriverError } from '../driver/driver-error.js'
import type { ParameterType, Query, QueryKind } from '../driver/query.js'
import { compile } from '../print/compile.js'
import type { CompiledStatement } from '../print/compiled-statement.js'
import type { Statement } from '../statement.js'

export interface ContractCheck {
  readonly name: string
  /** Resolves where the driver does what the contract says, and rejects with an Error that tells what it did instead. */
  readonly run: () => Promise<void>
}

/** What a check is given: a driver, and shorthands on a connection of it. */
export interface Bench {
  readonly driver: Driver
  readonly dialect: Dialect
  /** Lends a connection for the time of `use`. */
  readonly connected: <A>(use: (connection: Connection) => Promise<A>) => Promise<A>
  /** Creates tables for the time of `use`; they are dropped whatever happens. */
  readonly withTables: <A>(tables: readonly TableDescriptor[], use: () => Promise<A>) => Promise<A>
  readonly compiled: (statement: Statement) => CompiledStatement
}

/** A check on a bench: what the files of this folder are lists of. */
export interface BenchCheck { readonly name: string; readonly run: (bench: Bench) => Promise<void> }

export const bench = (driver: Driver): Bench => {
  const dialect = dialectFor(driver)
  const connected = async <A>(use: (connection: Connection) => Promise<A>): Promise<A> => {
    const connection = await driver.acquire()
    try {
      return await use(connection)
    } finally {
      await driver.release(connection)
    }
  }
  const execute = (queries: readonly Query[]): Promise<void> => connected(async (connection) => {
    for (const query of queries) await connection.execute(query)
  })
  return {
    driver,
    dialect,
    connected,
    withTables: async (tables, use) => {
      const drop = expectRight(dropAll(dialect, tables))
      await execute(drop)
      await execute(expectRight(createAll(dialect, tables)))
      try {
        return await use()
      } finally {
        await execute(drop)
      }
    },
    compiled: (statement) => expectRight(compile(dialect, statement)),
  }
}

/** The table that most checks use. */
export const people = table('relata_people', {
  id: column(integer, { primaryKey: true, autoincrement: false }),
  name: column(text, { nullable: true }),
})

const ofInteger: DatabaseType = { kind: 'integer' }
const ofText: DatabaseType = { kind: 'text' }

export const insertPeople = (on: Bench, ...rows: readonly (readonly [id: number, name: string | null])[]): Query =>
  on.compiled({
    _tag: 'insert', table: 'relata_people', rows: 1, returning: [],
    columns: [{ name: 'id', type: ofInteger, write: { _tag: 'value' } }, { name: 'name', type: ofText, write: { _tag: 'value' } }],
  }).query(rows.flat())

export const renamePerson = (on: Bench, id: number, name: string | null): Query =>
  on.compiled({
    _tag: 'updateRows', table: 'relata_people', rows: 1, returning: [],
    set: [{ name: 'name', type: ofText, write: { _tag: 'value' } }], key: [{ name: 'id', type: ofInteger }],
  }).query([name, id])

export const selectPeople = (on: Bench): Query =>
  on.compiled({
    _tag: 'select',
    select: {
      _tag: 'selectAst', ctes: [], distinct: false, groupBy: [], setOperations: [],
      columns: [{ expr: { _tag: 'column', source: 'p', name: 'id', type: ofInteger }, name: 'id' }, { expr: { _tag: 'column', source: 'p', name: 'name', type: ofText }, name: 'name' }],
      from: [{ _tag: 'table', table: 'relata_people', alias: 'p' }],
      orderBy: [{ arg: { _tag: 'column', source: 'p', name: 'id' }, direction: 'asc' }],
    },
  }).query([])

/** A statement of the check's own. */
export const raw = (
  sql: string,
  params: readonly unknown[] = [],
  { kind = 'raw', types, returns }: { readonly kind?: QueryKind; readonly types?: readonly ParameterType[]; readonly returns?: readonly DatabaseType[] } = {},
): Query => ({ sql, params, kind, table: '', ...(types === undefined ? {} : { types }), ...(returns === undefined ? {} : { returns }) })

/** Fails unless the two are equal: numbers as `Object.is` has it, dates and bytes by what they hold. */
export const expectEqual = (actual: unknown, expected: unknown, what: string): void => {
  if (!isEqual(actual, expected)) throw new Error(`${what}: expected ${shown(expected)}, got ${shown(actual)}`)
}

export const expectTrue = (holds: boolean, what: string): void => { if (!holds) throw new Error(what) }

/** The error that a promise rejects with; fails where it resolves, or rejects with anything but a driver error of one of the kinds. */
export const expectError = async (promise: Promise<unknown>, what: string, ...kinds: readonly DriverErrorKind[]): Promise<DriverError> => {
  const settled = await promise.then((value) => ({ value }), (error: unknown) => ({ error }))
  if (!('error' in settled)) throw new Error(`${what}: expected an error of kind ${kinds.join(' or ')}, but it resolved to ${shown(settled.value)}`)
  const { error } = settled
  if (!isDriverError(error)) throw new Error(`${what}: expected a DriverError, got ${shown(error)}`)
  if (!kinds.includes(error.kind)) throw new Error(`${what}: expected an error of kind ${kinds.join(' or ')}, got ${error.kind}: ${error.message}`)
  return error
}

const expectRight = <A>(either: { readonly _tag: 'Left'; readonly left: { readonly message: string } } | { readonly _tag: 'Right'; readonly right: A }): A => {
  if (either._tag === 'Left') throw new Error(either.left.message)
  return either.right
}

const isEqual = (actual: unknown, expected: unknown): boolean => {
  if (Object.is(actual, expected)) return true
  if (typeof actual !== 'object' || typeof expected !== 'object' || actual === null || expected === null) return false
  if (actual instanceof Date || expected instanceof Date) return actual instanceof Date && expected instanceof Date && Object.is(actual.getTime(), expected.getTime())
  if (actual instanceof Uint8Array || expected instanceof Uint8Array) {
    return actual instanceof Uint8Array && expected instanceof Uint8Array && actual.length === expected.length && actual.every((byte, at) => byte === expected[at])
  }
  if (Array.isArray(actual) !== Array.isArray(expected)) return false
  const keys = Object.keys(expected)
  const found = new Map<string, unknown>(Object.entries(actual))
  return found.size === keys.length && Object.entries(expected).every(([key, value]) => found.has(key) && isEqual(found.get(key), value))
}

const shown = (value: unknown): string => {
  if (typeof value === 'bigint') return `${value}n`
  if (value instanceof Error) return `${value.name}: ${value.message}`
  if (typeof value === 'number' || value === undefined) return Object.is(value, -0) ? '-0' : String(value)
  const text = JSON.stringify(value, (_, part: unknown) => typeof part === 'bigint' ? `${part}n` : part) ?? typeof value
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}
