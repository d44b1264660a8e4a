// MySQL and MariaDB through mysql2, in a pool of ours.

import { defaultCapabilities } from '@relata/sql/driver'
import type { Adapter, Capabilities, Driver } from '@relata/sql/driver'
import { raise } from '../error/classified.js'
import { connectionPool, poolScope } from '../lending/pool.js'
import { refusedOption } from '../lending/pool-options.js'
import { classifyMysql } from './classify.js'
import { mysqlConnection } from './connection.js'
import type { MysqlOptions } from './options.js'
import { openWire } from './wire.js'

export type { MysqlOptions } from './options.js'

/** What the server is, as it says itself. */
interface Server {
  readonly dialect: 'mysql' | 'mariadb'
  readonly engine: 'tidb' | 'vitess' | undefined
  readonly consecutive: boolean
}

/**
 * An adapter for MySQL, MariaDB and what speaks their protocol. One connection is opened to ask the server which it is, and
 * goes into the pool.
 *
 * The session refuses values that do not fit, gives a key of 0 where 0 was given, and is in UTC. A signal and a deadline stop
 * the statement on the server.
 *
 * @example
 * const adapter = mysql({ url: 'mysql://root@localhost/shop', max: 20 })
 * const driver = await adapter.connect()
 */
export const mysql = (options: MysqlOptions = {}): Adapter => ({
  _tag: 'Adapter',
  name: 'mysql',
  connect: () => connect(options),
  ...poolScope(options),
})

async function connect(options: MysqlOptions): Promise<Driver> {
  const wrong = refusedOption(options, ['mysql://', 'mariadb://'])
  if (wrong !== undefined) return raise(wrong)
  const open = async () => mysqlConnection(await openWire(options), options.statements ?? 500)
  const { status: _, ...lender } = connectionPool(open, classifyMysql, options)
  try {
    const connection = await lender.acquire()
    const { rows } = await connection.execute({ sql: 'select version(), @@auto_increment_increment', params: [], kind: 'select', table: '' })
    await lender.release(connection)
    const server = serverOf(String(rows[0]?.[0]), Number(rows[0]?.[1]))
    const engine = options.engine ?? server.engine
    return {
      name: 'mysql',
      dialect: server.dialect,
      ...(engine === undefined ? {} : { engine }),
      capabilities: { ...capabilitiesOf(server), ...options.capabilities },
      ...lender,
      classify: classifyMysql,
    }
  } catch (thrown) {
    await lender.close()
    return raise(classifyMysql(thrown))
  }
}

function serverOf(version: string, increment: number): Server {
  const engine = /tidb/i.test(version) ? 'tidb' : /vitess/i.test(version) ? 'vitess' : undefined
  // Where there are several servers, each hands out keys of its own.
  return { dialect: /mariadb/i.test(version) ? 'mariadb' : 'mysql', engine, consecutive: increment === 1 && engine === undefined }
}

function capabilitiesOf(server: Server): Capabilities {
  const returning = server.dialect === 'mariadb'
  return {
    ...defaultCapabilities,
    returning: { insert: returning, update: false, delete: returning },
    insertId: 'first',
    insertIdsConsecutive: server.consecutive,
    maxParams: 65_535,
    // A deadlock does; nothing is accepted then but a rollback.
    errorAbortsTransaction: false,
    streamIsExclusive: true,
    cancel: true,
    savepoints: true,
    deferrableConstraints: false,
  }
}
