// What an engine knows of the objects of a class, it forgets with the last of them, and compiles anew all that touches the next ones:
// a server between two requests has none. So one of each kind is kept, which has held every kind of value that a field may hold.

const kinds: readonly unknown[] = [undefined, 0, 0.5, '', true, 0n, {}, null]

/** A record that begins with one of the fields of an entity, as those that a flush makes of what changed. */
export const recordWith = (field: string): object => {
  const record: Record<string, unknown> = {}
  record[field] = undefined
  return withKnownShape(record, [field])
}

/** Shows the engine all kinds of values in the fields of a sample, and gives it back to be kept. */
export const withKnownShape = <A extends object>(sample: A, fields: readonly string[]): A => {
  const values = sample as Record<string, unknown> // nobody else sees the sample
  for (const field of fields) {
    const own = values[field]
    for (const kind of kinds) values[field] = kind
    values[field] = own
  }
  return sample
}
