// All dialects by name, and the one that fits a driver.

import type { Capabilities, Driver } from '../driver/driver.js'
import type { Dialect } from './dialect.js'
import { engines } from './engines.js'
import { mariadb } from './mariadb.js'
import { mysql } from './mysql.js'
import { postgres } from './postgres.js'
import { sqlite } from './sqlite.js'

export const dialects: Readonly<Record<Dialect['name'], Dialect>> = Object.freeze({ postgres, mysql, mariadb, sqlite })

/**
 * The dialect that prints for a driver: the record of its engine or name, less what the driver's own capabilities deny.
 *
 * @example
 * const dialect = dialectFor(driver)
 * compile(dialect, statement)
 */
export const dialectFor = (driver: Pick<Driver, 'dialect' | 'engine' | 'capabilities'>): Dialect => {
  const dialect = driver.engine === undefined ? dialects[driver.dialect] : engines[driver.engine].dialect
  const { returning, maxParams } = driver.capabilities
  const denies = (verb: keyof Capabilities['returning']): boolean => dialect.supports.returning[verb] && !returning[verb]
  // The same record for all who are alike, so that what is kept for a dialect serves them all.
  if (maxParams >= dialect.parameter.max && !denies('insert') && !denies('update') && !denies('delete')) return dialect
  const known = lessened.get(driver.capabilities)
  if (known !== undefined) return known
  const less: Dialect = {
    ...dialect,
    parameter: { ...dialect.parameter, max: Math.min(dialect.parameter.max, maxParams) },
    supports: {
      ...dialect.supports,
      returning: {
        insert: dialect.supports.returning.insert && returning.insert,
        update: dialect.supports.returning.update && returning.update,
        delete: dialect.supports.returning.delete && returning.delete,
      },
    },
  }
  lessened.set(driver.capabilities, less)
  return less
}

const lessened = new WeakMap<Capabilities, Dialect>()
