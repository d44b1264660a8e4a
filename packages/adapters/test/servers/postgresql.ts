// The PostgreSQL server that tests use: RELATA_POSTGRES_URL, or the one on this machine. Where there is none, its tests report that they were skipped.

import postgresjs from 'postgres'

export const postgresqlUrl = process.env['RELATA_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test'

/** Does a server answer at this address? */
export const answersAt = async (url: string): Promise<boolean> => {
  const client = postgresjs(url, { max: 1, connect_timeout: 2, fetch_types: false, onnotice: () => undefined })
  try {
    await client`select 1`
    return true
  } catch {
    return false
  } finally {
    await client.end({ timeout: 0 })
  }
}

/** Is the server there? */
export const postgresqlAnswers = await answersAt(postgresqlUrl)

/** Makes an empty schema; tests of different files do not meet. */
export const freshSchema = async (name: string): Promise<void> => {
  const client = postgresjs(postgresqlUrl, { max: 1, fetch_types: false, onnotice: () => undefined })
  await client.unsafe(`drop schema if exists ${name} cascade; create schema ${name}`)
  await client.end({ timeout: 1 })
}

/** Ends every session with this application name, as a failing server would. */
export const killSessions = async (application: string): Promise<number> => {
  const client = postgresjs(postgresqlUrl, { max: 1, fetch_types: false })
  const rows = await client`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${application}`
  await client.end({ timeout: 1 })
  return rows.length
}

/** Ends one session. */
export const killBackend = async (pid: number): Promise<void> => {
  const client = postgresjs(postgresqlUrl, { max: 1, fetch_types: false })
  await client`select pg_terminate_backend(${pid})`
  await client.end({ timeout: 1 })
}
