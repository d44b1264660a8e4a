// A bounded cache keyed by a statement's text: two generations, so that a hit costs one look-up and nothing is reordered.

export interface StatementCache<A> {
  get(sql: string): A | undefined
  set(sql: string, entry: A): void
  clear(): void
  readonly size: number
}

/** Keeps at least the `limit / 2` entries used last, and never more than `limit`; `dispose` hears of those dropped. */
export const statementCache = <A>(limit: number, dispose?: (entry: A) => void): StatementCache<A> => {
  const half = Math.max(1, Math.floor(limit / 2))
  let young = new Map<string, A>()
  let old = new Map<string, A>()

  const put = (sql: string, entry: A): void => {
    if (young.size >= half) {
      if (dispose !== undefined) for (const dropped of old.values()) dispose(dropped)
      old = young
      young = new Map()
    }
    young.set(sql, entry)
  }

  return {
    get: (sql) => {
      const entry = young.get(sql)
      if (entry !== undefined) return entry
      const kept = old.get(sql)
      if (kept === undefined) return undefined
      old.delete(sql)
      put(sql, kept)
      return kept
    },
    set: (sql, entry) => {
      old.delete(sql)
      put(sql, entry)
    },
    clear: () => {
      if (dispose !== undefined) {
        for (const dropped of young.values()) dispose(dropped)
        for (const dropped of old.values()) dispose(dropped)
      }
      young = new Map()
      old = new Map()
    },
    get size() {
      return young.size + old.size
    },
  }
}
