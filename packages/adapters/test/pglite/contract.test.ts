// PGlite keeps the driver contract.

import { pglite } from '../../src/pglite/index.js'
import { keepsTheContract } from '../contract.js'

keepsTheContract(() => pglite())
