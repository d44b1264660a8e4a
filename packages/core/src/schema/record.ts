// Records keyed by names that others choose: without a prototype, so that `constructor` or `__proto__` is a name like any other.

/** A frozen copy of the own properties of `entries`, in their order; of what is no record, an empty one. */
export const record = <A>(entries: Readonly<Record<string, A>> | Iterable<readonly [string, A]>): Readonly<Record<string, A>> => {
  const copy = Object.create(null) as Record<string, A> // Object.create answers any
  for (const [name, value] of entriesOf(entries)) copy[name] = value
  return Object.freeze(copy)
}

/** The own properties of a record. Callers that no compiler checked may give something else: it has none. */
export const entriesOf = <A>(given: Readonly<Record<string, A>> | Iterable<readonly [string, A]> | null | undefined): Iterable<readonly [string, A]> => {
  if (typeof given !== 'object' || given === null) return []
  return isIterable(given) ? given : Object.entries(given)
}

function isIterable<A>(entries: Readonly<Record<string, A>> | Iterable<readonly [string, A]>): entries is Iterable<readonly [string, A]> {
  return Symbol.iterator in entries
}
