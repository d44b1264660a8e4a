// closeAdapter: the end of a program's connections.

import type { Adapter } from '@relata/sql/driver'
import { closeDriver } from '../run/driver-of.js'

/** Closes the connections that sessions over an adapter opened. `await closeAdapter(adapter)` */
export const closeAdapter = (adapter: Adapter): Promise<void> => closeDriver(adapter)
