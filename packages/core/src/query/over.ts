// What conditions fit: the sources of a query, and those of an enclosing one that it refers to.

declare const sources: unique symbol
declare const free: unique symbol

/** Something with sources: a condition that reads `F` fits where all of `F` are among them. */
export interface Over<Src extends string> {
  readonly [sources]: (source: Src) => void
}

/** A query that may refer to sources of an enclosing one, which it names with `correlate`. */
export interface Correlated<Free extends string> {
  readonly [free]: Free
}
