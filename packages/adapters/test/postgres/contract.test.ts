// The postgres adapter keeps the driver contract.

import { beforeAll, describe } from 'vitest'
import { postgres } from '../../src/postgres/index.js'
import { keepsTheContract, oneValue } from '../contract.js'
import { freshSchema, killBackend, postgresqlAnswers, postgresqlUrl } from '../servers/postgresql.js'

describe.skipIf(!postgresqlAnswers)('postgres', () => {
  beforeAll(() => freshSchema('contract_postgres'))
  keepsTheContract(() => postgres({ url: postgresqlUrl, session: { search_path: 'contract_postgres' } }), {
    slowQuery: (seconds) => `select pg_sleep(${seconds})`,
    kill: async (connection) => killBackend(Number(await oneValue(connection, 'select pg_backend_pid()'))),
  })
})
