// postgres.js behaves like PostgreSQL.

import { beforeAll, describe } from 'vitest'
import { postgres } from '../../src/postgres/index.js'
import { behavesLikePostgresql } from '../postgresql/behaviour.js'
import { freshSchema, postgresqlAnswers, postgresqlUrl } from '../servers/postgresql.js'

describe.skipIf(!postgresqlAnswers)('postgres', () => {
  beforeAll(() => freshSchema('adapter_postgres'))
  behavesLikePostgresql(() => postgres({ url: postgresqlUrl, session: { search_path: 'adapter_postgres' } }).connect())
})
