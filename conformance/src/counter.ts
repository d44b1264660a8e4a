// What one step sent and was warned of, as the listeners of the session were told.

import type { SessionWarning, StatementEvent } from '@relata/session'

export interface Counter {
  readonly onStatement: (event: StatementEvent) => void
  readonly onWarning: (warning: SessionWarning) => void
  /** What was counted since the last call. */
  take(): { selects?: number; writes?: Record<string, number>; warnings?: string[] }
}

export const counter = (): Counter => {
  let selects = 0
  let writes = new Map<string, number>()
  let warnings: string[] = []
  return {
    onStatement: ({ kind, table, rows }) => {
      if (kind === 'select') selects++
      else if ((kind === 'insert' || kind === 'update' || kind === 'delete') && rows > 0) writes.set(`${kind} ${table}`, (writes.get(`${kind} ${table}`) ?? 0) + rows)
    },
    onWarning: ({ code }) => {
      // Recorded once a step.
      if (!warnings.includes(code)) warnings.push(code)
    },
    take: () => {
      const taken = {
        ...(selects > 0 && { selects }),
        ...(writes.size > 0 && { writes: Object.fromEntries([...writes].toSorted(([a], [b]) => (a < b ? -1 : 1))) }),
        ...(warnings.length > 0 && { warnings }),
      }
      selects = 0
      writes = new Map()
      warnings = []
      return taken
    },
  }
}
