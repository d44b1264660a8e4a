// SQLite keeps values or refuses them.

import { sqlite } from '../../src/sqlite/index.js'
import { keepsValues } from '../value/fidelity.js'
import { sqliteTypeName } from '../value/type-names.js'

keepsValues(() => sqlite().connect(), sqliteTypeName, ['?', '?'])
