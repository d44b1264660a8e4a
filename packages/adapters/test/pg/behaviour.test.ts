// node-postgres behaves like PostgreSQL.

import { beforeAll, describe } from 'vitest'
import { pg } from '../../src/pg/index.js'
import { behavesLikePostgresql } from '../postgresql/behaviour.js'
import { freshSchema, postgresqlAnswers, postgresqlUrl } from '../servers/postgresql.js'

describe.skipIf(!postgresqlAnswers)('pg', () => {
  beforeAll(() => freshSchema('adapter_pg'))
  behavesLikePostgresql(() => pg({ url: postgresqlUrl, client: { options: '-c search_path=adapter_pg' } }).connect())
})
