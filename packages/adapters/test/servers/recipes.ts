// How a server of each kind is made from its binaries, and what is missing where it cannot be.

import { join } from 'node:path'
import mysql2 from 'mysql2/promise'
import { binary, fileFor, ownServer, runAs } from './own-server.js'
import type { OwnServer } from './own-server.js'
import { answersAt } from './postgresql.js'

const mysqlAnswers = (url: string): Promise<boolean> =>
  mysql2.createConnection({ uri: url, connectTimeout: 2000 }).then(
    async (connection) => {
      await connection.end()
      return true
    },
    () => false,
  )

const [initdb, postgresBinary] = [binary('initdb'), binary('postgres')]
const [installDb, mariadbd] = [binary('mariadb-install-db'), binary('mariadbd')]
const pgbouncer = binary('pgbouncer')

/** What is not installed here, by server. */
export const missing = {
  postgresql: initdb === undefined || postgresBinary === undefined ? 'the binaries of PostgreSQL are not installed' : undefined,
  mariadb: installDb === undefined || mariadbd === undefined ? 'the binaries of MariaDB are not installed' : undefined,
  pgbouncer: pgbouncer === undefined ? 'pgbouncer is not installed' : undefined,
}

/** A PostgreSQL that keeps what it has acknowledged, whatever happens to it. */
export const ownPostgresql = (): Promise<OwnServer> =>
  ownServer({
    user: 'postgres',
    prepare: (folder, owner) => runAs(owner, folder, initdb ?? '', '-D', join(folder, 'db'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8'),
    command: (folder, port) => [postgresBinary ?? '', '-D', join(folder, 'db'), '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', folder],
    url: (port) => `postgres://postgres@127.0.0.1:${port}/postgres`,
    answers: answersAt,
    // Its processes end without a checkpoint, as in a crash.
    signal: 'SIGQUIT',
  })

export const ownMariadb = (): Promise<OwnServer> =>
  ownServer({
    user: 'mysql',
    prepare: (folder, owner) => {
      runAs(owner, folder, installDb ?? '', '--no-defaults', '--auth-root-authentication-method=normal', '--skip-test-db', `--datadir=${join(folder, 'db')}`)
      fileFor(owner, join(folder, 'init.sql'), 'create database if not exists relata;\n')
    },
    command: (folder, port) => [
      mariadbd ?? '', '--no-defaults', `--datadir=${join(folder, 'db')}`, `--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(folder, 'socket')}`, `--pid-file=${join(folder, 'pid')}`, `--init-file=${join(folder, 'init.sql')}`,
    ],
    url: (port) => `mysql://root@127.0.0.1:${port}/relata`,
    answers: mysqlAnswers,
    signal: 'SIGKILL',
  })

/** A PgBouncer in transaction mode before a PostgreSQL server, with fewer connections to it than it takes. */
export const ownPgbouncer = (target: string): Promise<OwnServer> => {
  const server = new URL(target)
  const database = server.pathname.slice(1)
  const user = server.username || 'postgres'
  const password = server.password === '' ? '' : ` password=${decodeURIComponent(server.password)}`
  return ownServer({
    user: 'postgres',
    prepare: (folder, owner, port) => {
      fileFor(owner, join(folder, 'users'), `"${user}" ""\n`)
      fileFor(owner, join(folder, 'settings'), [
        '[databases]',
        `${database} = host=${server.hostname} port=${server.port || '5432'} dbname=${database} user=${user}${password}`,
        '[pgbouncer]',
        'listen_addr = 127.0.0.1',
        `listen_port = ${port}`,
        'unix_socket_dir =',
        'auth_type = trust',
        `auth_file = ${join(folder, 'users')}`,
        'pool_mode = transaction',
        'default_pool_size = 4',
        // It would turn everybody away for 15 s after a server that was gone.
        'server_login_retry = 0.1',
        '',
      ].join('\n'))
    },
    command: (folder) => [pgbouncer ?? '', '-q', join(folder, 'settings')],
    url: (port) => `postgres://${user}@127.0.0.1:${port}/${database}`,
    answers: answersAt,
    signal: 'SIGKILL',
  })
}
