// The mysql adapter keeps values or refuses them.

import { beforeAll, describe } from 'vitest'
import { mysql } from '../../src/mysql/index.js'
import { freshDatabase, mysqlAnswers, urlOf } from '../servers/mysql.js'
import { keepsValues } from '../value/fidelity.js'
import { mysqlTypeName } from '../value/type-names.js'

describe.skipIf(!mysqlAnswers)('mysql', () => {
  beforeAll(async () => {
    await freshDatabase('values_mysql')
  })
  keepsValues(() => mysql({ url: urlOf('values_mysql') }).connect(), mysqlTypeName, ['?', '?'])
})
