// SQLite keeps the driver contract.

import { sqlite } from '../../src/sqlite/index.js'
import { keepsTheContract } from '../contract.js'

keepsTheContract(() => sqlite())
