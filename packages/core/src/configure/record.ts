// Records by names that users choose: without a prototype, so that no name ('constructor', '__proto__') means anything else.

/** A record of entries; looking up a name that was not put there gives undefined. */
export const recordOf = <A>(entries: Iterable<readonly [string, A]>): Readonly<Record<string, A>> => {
  // Object.create is typed any.
  const record = Object.create(null) as Record<string, A>
  for (const [name, value] of entries) record[name] = value
  return record
}

/** The value under a name of a record that users wrote, which may have a prototype. */
export const lookUp = <A>(record: Readonly<Record<string, A>>, name: string): A | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined
