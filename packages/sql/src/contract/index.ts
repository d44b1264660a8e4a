// The driver contract as checks that need no test framework: what every adapter runs, ours and a stranger's.

import type { Driver } from '../driver/driver.js'
import { bench, expectError } from './check.js'
import type { ContractCheck } from './check.js'
import { errors } from './errors.js'
import { interruption } from './interruption.js'
import type { ContractOptions } from './options.js'
import { results } from './results.js'
import { transactions } from './transactions.js'
import { values } from './values.js'

export type { ContractCheck } from './check.js'
export type { ContractOptions } from './options.js'

/**
 * The checks of the contract for one adapter, to be run one after another. The driver is opened once, by the first check
 * that runs, and closed by the last, `closes`. They create and drop tables whose names begin with `relata_`.
 *
 * @example
 * // with any test framework, or with none
 * for (const check of driverContract(() => myAdapter({ file: ':memory:' }).connect())) test(check.name, check.run)
 */
export const driverContract = (open: () => Promise<Driver>, options: ContractOptions = {}): readonly ContractCheck[] => {
  let opened: Promise<Driver> | undefined
  const driver = (): Promise<Driver> => {
    opened ??= open()
    return opened
  }
  const checks = [...results, ...values, ...errors, ...transactions, ...interruption(options)]
  return [
    ...checks
      .filter(({ name }) => options.except === undefined || !Object.hasOwn(options.except, name))
      .map(({ name, run }): ContractCheck => ({ name, run: async () => run(bench(await driver())) })),
    {
      name: 'closes, and lends nothing afterwards',
      run: async () => {
        const closing = await driver()
        await closing.close()
        await expectError(closing.acquire(), 'a connection of a closed driver', 'closed')
      },
    },
  ]
}
