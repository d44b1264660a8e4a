// Records keyed by names that others choose: without a prototype, so that `constructor` or `__proto__` is a name like any other.

/** A frozen copy of the own properties of `entries`, in their order. */
export const record = <A>(entries: Readonly<Record<string, A>> | Iterable<readonly [string, A]>): Readonly<Record<string, A>> => {
  const copy = Object.create(null) as Record<string, A> // Object.create answers any
  for (const [name, value] of isIterable(entries) ? entries : Object.entries(entries)) copy[name] = value
  return Object.freeze(copy)
}

function isIterable<A>(entries: Readonly<Record<string, A>> | Iterable<readonly [string, A]>): entries is Iterable<readonly [string, A]> {
  return Symbol.iterator in entries
}
