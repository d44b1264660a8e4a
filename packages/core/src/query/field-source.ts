// What a subquery or common table is to the compiler: a source of fields under a name.

/** The fields of a subquery or of a common table named `A`, which may refer to `Free` of the query that it stands in. */
export interface FieldSource<A extends string, Free extends string = never> {
  readonly [fieldSource]: { readonly source: A; readonly free: Free }
}
declare const fieldSource: unique symbol
