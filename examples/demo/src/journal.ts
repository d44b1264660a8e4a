// What was sent to the database: kept from the listener, read question by question.

import type { StatementEvent } from '@relata/session'

export interface Journal {
  readonly listen: (event: StatementEvent) => void
  /** What was sent since it was last asked. */
  readonly take: () => readonly StatementEvent[]
  /** Hears of every statement as it comes back, until it is called off. */
  readonly follow: (hear: (event: StatementEvent) => void) => () => void
}

export const journal = (): Journal => {
  const ears = new Set<(event: StatementEvent) => void>()
  let events: StatementEvent[] = []
  return {
    listen: (event) => {
      events.push(event)
      for (const hear of ears) hear(event)
    },
    take: () => {
      const taken = events
      events = []
      return taken
    },
    follow: (hear) => {
      ears.add(hear)
      return () => void ears.delete(hear)
    },
  }
}
