// The contract: a small driver keeps it, and drivers that are wrong in one thing are found out.

import { driverContract } from '@relata/sql/contract'
import type { Connection, Driver } from '@relata/sql/driver'
import { driverError } from '@relata/sql/driver'
import { describe, expect, it } from 'vitest'
import { smallDriver } from './small-driver.js'

describe('a small driver keeps the contract', () => {
  for (const { name, run } of driverContract(async () => smallDriver())) it(name, run)
})

/** A driver whose connections are changed. */
const changed = (change: (connection: Connection) => Partial<Connection>) => (): Driver => {
  const driver = smallDriver()
  return {
    ...driver,
    acquire: async () => {
      const connection = await driver.acquire()
      return Object.assign(Object.create(connection, { execute: { value: connection.execute } }) as Connection, change(connection))
    },
    release: (connection) => driver.release(Object.getPrototypeOf(connection) as Connection),
  }
}

const failures = async (driver: () => Driver): Promise<readonly string[]> => {
  const failed: string[] = []
  for (const { name, run } of driverContract(async () => driver())) await run().catch(() => { failed.push(name) })
  return failed
}

describe('a driver is found out that', () => {
  it('changes nothing, is not', async () => {
    expect(await failures(changed(() => ({})))).toEqual([])
  })

  it.each<readonly [string, () => Driver, string]>([
    ['gives rows as objects', changed(({ execute }) => ({
      execute: async (query, options) => {
        const result = await execute(query, options)
        return { ...result, rows: result.rows.map((row) => Object.fromEntries(row.entries()) as never) }
      },
    })), 'rows are arrays in the order of the columns, even where two bear one name'],
    ['counts no rows', changed(({ execute }) => ({ execute: async (query, options) => ({ ...await execute(query, options), matched: 0 }) })), 'matched counts the rows found, changed or not'],
    ['gives numbers for bigints', changed(({ execute }) => ({
      execute: async (query, options) => {
        const result = await execute(query, options)
        return { ...result, rows: result.rows.map((row) => row.map((value) => typeof value === 'bigint' ? Number(value) : value)) }
      },
    })), 'values of kind bigint come back as they were, or are refused'],
    ['rejects with the library\'s errors', changed(({ execute }) => ({
      execute: (query, options) => execute(query, options).catch((error: unknown) => Promise.reject((error as { cause: Error }).cause)),
    })), 'a statement that is none is an error of kind syntax'],
    ['has one kind for all errors', changed(({ execute }) => ({
      execute: (query, options) => execute(query, options).catch((error: unknown) => Promise.reject(driverError('other', 'wrong', { cause: error }))),
    })), 'a key that is there already is an error of kind unique'],
    ['does not begin', changed(() => ({ begin: async () => undefined, rollback: async () => undefined, commit: async () => undefined })), 'what is rolled back is gone, and the next transaction is a new one'],
    ['takes no notice of signals', changed(({ execute }) => ({ execute: (query) => execute(query) })), 'a signal that was given already sends nothing'],
    ['takes no notice of deadlines', changed(({ execute }) => ({ execute: (query) => execute(query) })), 'a deadline that has passed sends nothing'],
    ['answers a pipeline in disorder', changed(({ execute }) => ({
      pipeline: async (queries) => {
        const results = []
        for (const query of queries) results.push(await execute(query))
        return results.toReversed()
      },
    })), 'pipeline gives the results in the order of the queries'],
    ['has batches larger than asked for', changed(({ execute }) => ({ async* stream(query) { yield (await execute(query)).rows } })), 'a stream gives all rows in batches'],
    ['lends its connection inside a transaction', () => {
      const driver = smallDriver()
      return { ...driver, release: async () => undefined }
    }, 'a connection given back in a transaction is never lent inside it'],
    ['lends after it was closed', () => {
      const driver = smallDriver()
      return { ...driver, close: async () => undefined }
    }, 'closes, and lends nothing afterwards'],
  ])('%s', async (_, driver, check) => {
    expect(await failures(driver)).toContain(check)
  })

  it('cannot hold a check may say so', () => {
    const name = 'a column named __proto__ is a column'
    expect(driverContract(async () => smallDriver(), { except: { [name]: 'the client library refuses it' } }).map((check) => check.name)).not.toContain(name)
  })
})
