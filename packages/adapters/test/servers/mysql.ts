// The MySQL or MariaDB server that tests use: RELATA_MYSQL_URL, or the one on this machine. Where there is none, its tests report that they were skipped.

import mysql2 from 'mysql2/promise'

export const mysqlUrl = process.env['RELATA_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306/test'

/** Is the server there? */
export const mysqlAnswers = await mysql2.createConnection({ uri: mysqlUrl, connectTimeout: 2000 }).then(
  async (connection) => {
    await connection.end()
    return true
  },
  () => false,
)

/** Makes an empty database and gives its address; tests of different files do not meet. */
export const freshDatabase = async (name: string): Promise<string> => {
  const connection = await mysql2.createConnection({ uri: mysqlUrl, multipleStatements: true })
  await connection.query(`drop database if exists ${name}; create database ${name} character set utf8mb4`)
  await connection.end()
  return urlOf(name)
}

export const urlOf = (database: string): string => mysqlUrl.replace(/\/[^/]*$/, `/${database}`)

/** Ends every connection that uses this database, as a failing server would. */
export const killConnections = async (database: string): Promise<number> => {
  const connection = await mysql2.createConnection({ uri: mysqlUrl })
  const [rows] = await connection.query<mysql2.RowDataPacket[]>(`select id from information_schema.processlist where db = '${database}'`)
  for (const row of rows) await connection.query(`kill ${Number(row['id'] ?? row['ID'])}`).catch(() => undefined)
  await connection.end()
  return rows.length
}

/** Ends one connection. */
export const killConnection = async (id: number): Promise<void> => {
  const connection = await mysql2.createConnection({ uri: mysqlUrl })
  await connection.query(`kill ${id}`)
  await connection.end()
}
