// A count of the changes to tables that went through a driver: what was prepared before one may read or write the wrong types after it.

import { textProperty } from '../error/classified.js'

/** Shared by the connections of a driver. */
export interface SchemaVersion {
  readonly current: number
  /** Looks at what the server executed. */
  executed(command: string): void
  /** Looks at what the server refused. */
  refused(error: unknown): void
}

// The server has no prepared statement of this name: someone said DISCARD or DEALLOCATE.
const forgotten = '26000'

/** Starts at 0. */
export const schemaVersion = (): SchemaVersion => {
  let current = 0
  return {
    get current() {
      return current
    },
    executed: (command) => {
      // A table that is made anew was dropped before.
      if (command.startsWith('ALTER') || command.startsWith('DROP')) current++
    },
    refused: (error) => {
      if (textProperty(error, 'routine') === 'RevalidateCachedQuery' || textProperty(error, 'code') === forgotten) current++
    },
  }
}
