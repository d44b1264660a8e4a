// SQLite keeps values or refuses them.

import { describe } from 'vitest'
import { sqlite, sqliteAnswers } from '../servers/sqlite.js'
import { keepsValues } from '../value/fidelity.js'
import { sqliteTypeName } from '../value/type-names.js'

describe.skipIf(!sqliteAnswers)('sqlite', () => keepsValues(() => sqlite().connect(), sqliteTypeName, ['?', '?']))
