// SQLite keeps the driver contract.

import { describe } from 'vitest'
import { keepsTheContract } from '../contract.js'
import { sqlite, sqliteAnswers } from '../servers/sqlite.js'

describe.skipIf(!sqliteAnswers)('sqlite', () => keepsTheContract(() => sqlite()))
