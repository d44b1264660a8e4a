// What this example loads: plain records, each row's entity once.

/** A record of an entity: its attributes, and the relationships that were loaded. */
export type LoadedRecord = Record<string, unknown>

/** Records by entity and key, so that each is made once. */
export const recordMap = () => {
  const known = new Map<string, LoadedRecord>()
  return {
    /** The record of a key, and whether it is new. */
    of: (entity: string, key: readonly unknown[]): { readonly record: LoadedRecord; readonly isNew: boolean } => {
      const name = `${entity} ${JSON.stringify(key)}`
      const found = known.get(name)
      if (found !== undefined) return { record: found, isNew: false }
      const record: LoadedRecord = {}
      known.set(name, record)
      return { record, isNew: true }
    },
  }
}

export type RecordMap = ReturnType<typeof recordMap>
