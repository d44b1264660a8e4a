// Collections as programs see them: an array, a set, or a map by what the mapping keys it by, all readonly; or what a collection of the program's own is.

/** A collection of class `C` of objects `X`, whose columns are `Row`. */
export type CollectionOf<C, Row, X> =
  C extends 'set' ? ReadonlySet<X>
  : C extends { readonly keyedBy: infer K } ? ReadonlyMap<MapKey<K, Row>, X>
  : C extends { readonly empty: () => infer Own } ? Own
  : ReadonlyArray<X>

/** The key of a member: the value of an attribute, what a function gives, or one text of several attributes. */
type MapKey<K, Row> =
  K extends keyof Row ? Row[K]
  : K extends (...member: never) => infer Key ? Key
  : K extends readonly string[] ? string
  : unknown
