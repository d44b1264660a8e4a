// What the adapter of MySQL and MariaDB costs: RELATA_MYSQL_URL, or the server on this machine. Without one, it is left out.

import { createRequire } from 'node:module'
import { mysql } from '@relata/adapters/mysql'
import { createAll, commit, dropAll, sql } from '@relata/session'
import { fillMysql } from './fill.js'
import type { Measured } from './measure.js'
import { overhead } from './overhead.js'
import { must, steps } from './program.js'
import { tagged } from './schema.js'

const url = process.env['RELATA_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306/test'

interface Library {
  createConnection(options: Readonly<Record<string, unknown>>): Promise<{ execute(text: string, values: readonly unknown[]): Promise<unknown>; end(): Promise<void> }>
}

/** The very copy that the adapter uses. */
const mysql2 = createRequire(new URL('../../packages/adapters/package.json', import.meta.url))('mysql2/promise') as Library

/** Is there a server? */
export const mysqlAnswers = async (): Promise<boolean> => {
  try {
    await (await mysql2.createConnection({ uri: url, connectTimeout: 2000 })).end()
    return true
  } catch {
    return false
  }
}

const overheadOnMysql = async (): Promise<readonly Measured[]> => {
  const adapter = mysql({ url })
  const floor = await mysql2.createConnection({ uri: url, rowsAsArray: true, supportBigNumbers: true, dateStrings: true })
  try {
    await must(adapter, steps(async (perform) => {
      await perform(dropAll(tagged))
      await perform(createAll(tagged))
      for (const text of fillMysql(100_000)) await perform(sql(text))
      await perform(commit)
    }), tagged)
    return await overhead('mysql', adapter, (text, values) => floor.execute(text, values), '?')
  } finally {
    await floor.end()
    await (await adapter.connect()).close()
  }
}

export const mysqlBenchmarks: readonly (() => Promise<Measured | readonly Measured[]>)[] = [overheadOnMysql]
