// The postgres adapter keeps values or refuses them.

import { beforeAll, describe } from 'vitest'
import { postgres } from '../../src/postgres/index.js'
import { freshSchema, postgresqlAnswers, postgresqlUrl } from '../servers/postgresql.js'
import { keepsValues } from '../value/fidelity.js'
import { postgresqlTypeName } from '../value/type-names.js'

describe.skipIf(!postgresqlAnswers)('postgres', () => {
  beforeAll(() => freshSchema('values_postgres'))
  keepsValues(() => postgres({ url: postgresqlUrl, session: { search_path: 'values_postgres' } }).connect(), postgresqlTypeName)
})
