// The pg adapter keeps the driver contract.

import { beforeAll, describe } from 'vitest'
import { pg } from '../../src/pg/index.js'
import { keepsTheContract, oneValue } from '../contract.js'
import { freshSchema, killBackend, postgresqlAnswers, postgresqlUrl } from '../servers/postgresql.js'

describe.skipIf(!postgresqlAnswers)('pg', () => {
  beforeAll(() => freshSchema('contract_pg'))
  keepsTheContract(() => pg({ url: postgresqlUrl, client: { options: '-c search_path=contract_pg' } }), {
    slowQuery: (seconds) => `select pg_sleep(${seconds})`,
    kill: async (connection) => killBackend(Number(await oneValue(connection, 'select pg_backend_pid()'))),
  })
})
