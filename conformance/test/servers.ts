// Databases of servers that cases may empty: beside the one that RELATA_POSTGRES_URL or RELATA_MYSQL_URL names, under its name and `_conformance`.

import { mysql } from '@relata/adapters/mysql'
import { postgres } from '@relata/adapters/postgres'
import type { Adapter } from '@relata/sql/driver'
import type { Place } from './agreement.js'

export const postgresPlace = (): Promise<Place> => {
  const url = process.env['RELATA_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test'
  return besides(url, postgres({ url, connectTimeout: 3000 }), (name) => [`drop database if exists "${name}" with (force)`, `create database "${name}"`])
}

export const mysqlPlace = (): Promise<Place> => {
  const url = process.env['RELATA_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306/test'
  return besides(url, mysql({ url, connectTimeout: 3000 }), (name) => [`drop database if exists \`${name}\``, `create database \`${name}\` character set utf8mb4`])
}

const besides = async (url: string, adapter: Adapter, statements: (name: string) => readonly string[]): Promise<Place> => {
  const own = new URL(url)
  own.pathname = `${own.pathname}_conformance`
  try {
    const driver = await adapter.connect()
    try {
      const connection = await driver.acquire()
      for (const sql of statements(own.pathname.slice(1))) await connection.execute({ sql, params: [], kind: 'ddl', table: '' })
      return { url: own.href }
    } finally {
      await driver.close()
    }
  } catch {
    return { missing: 'its server does not answer' }
  }
}
