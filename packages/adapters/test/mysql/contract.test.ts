// The mysql adapter keeps the driver contract.

import { beforeAll, describe } from 'vitest'
import { mysql } from '../../src/mysql/index.js'
import { keepsTheContract, oneValue } from '../contract.js'
import { freshDatabase, killConnection, mysqlAnswers, urlOf } from '../servers/mysql.js'

describe.skipIf(!mysqlAnswers)('mysql', () => {
  beforeAll(async () => {
    await freshDatabase('contract_mysql')
  })
  keepsTheContract(() => mysql({ url: urlOf('contract_mysql') }), {
    slowQuery: (seconds) => `select sleep(${seconds}), sha2(seq, 512) from seq_1_to_3`,
    kill: async (connection) => killConnection(Number(await oneValue(connection, 'select connection_id()'))),
  })
})
