// The pg adapter keeps values or refuses them.

import { beforeAll, describe } from 'vitest'
import { pg } from '../../src/pg/index.js'
import { freshSchema, postgresqlAnswers, postgresqlUrl } from '../servers/postgresql.js'
import { keepsValues } from '../value/fidelity.js'
import { postgresqlTypeName } from '../value/type-names.js'

describe.skipIf(!postgresqlAnswers)('pg', () => {
  beforeAll(() => freshSchema('values_pg'))
  keepsValues(() => pg({ url: postgresqlUrl, client: { options: '-c search_path=values_pg' } }).connect(), postgresqlTypeName)
})
