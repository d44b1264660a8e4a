// What a contract run may be told about a database.

import type { Connection, Driver } from '../driver/driver.js'

export interface ContractOptions {
  /** The text of a query that runs for so many seconds, where the database can wait and be interrupted. */
  readonly slowQuery?: (seconds: number) => string
  /** Ends a connection from outside as a crash of the server would, where that can be done. */
  readonly kill?: (connection: Connection, driver: Driver) => Promise<void>
  /** Names of checks that this database cannot hold, each with the reason; they are left out, and say so here. */
  readonly except?: Readonly<Record<string, string>>
}
