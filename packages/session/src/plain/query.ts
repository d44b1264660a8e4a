// query: steps in the order in which they are read.

/**
 * A query with its steps: `query(select(User), where(eq(User.name, 'ed')), limit(1))`. Each step takes what the one before it gave.
 *
 * @example
 * const found = await db.all(query(select(User), where(eq(User.name, 'ed'))))
 */
export function query<A>(a: A): A
export function query<A, B>(a: A, ab: (a: A) => B): B
export function query<A, B, C>(a: A, ab: (a: A) => B, bc: (b: B) => C): C
export function query<A, B, C, D>(a: A, ab: (a: A) => B, bc: (b: B) => C, cd: (c: C) => D): D
export function query<A, B, C, D, E>(a: A, ab: (a: A) => B, bc: (b: B) => C, cd: (c: C) => D, de: (d: D) => E): E
export function query<A, B, C, D, E, F>(a: A, ab: (a: A) => B, bc: (b: B) => C, cd: (c: C) => D, de: (d: D) => E, ef: (e: E) => F): F
export function query<A, B, C, D, E, F, G>(a: A, ab: (a: A) => B, bc: (b: B) => C, cd: (c: C) => D, de: (d: D) => E, ef: (e: E) => F, fg: (f: F) => G): G
export function query<A, B, C, D, E, F, G, H>(a: A, ab: (a: A) => B, bc: (b: B) => C, cd: (c: C) => D, de: (d: D) => E, ef: (e: E) => F, fg: (f: F) => G, gh: (g: G) => H): H
export function query(first: unknown, ...steps: readonly ((value: unknown) => unknown)[]): unknown {
  return steps.reduce((value, step) => step(value), first)
}
