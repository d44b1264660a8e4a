// PGlite keeps values or refuses them.

import { pglite } from '../../src/pglite/index.js'
import { keepsValues } from '../value/fidelity.js'
import { postgresqlTypeName } from '../value/type-names.js'

keepsValues(() => pglite().connect(), postgresqlTypeName)
