// What is loaded of an object, as the compiler keeps it: a record of relationships, and of columns where they differ from the mapping.
//
// A name stands with what is loaded below it, or with `Unloaded`. What holds for all that is not named is a mark of its own.

declare const state: unique symbol
declare const columns: unique symbol
declare const others: unique symbol
declare const levels: unique symbol
declare const from: unique symbol

/** A relationship or a column that an option leaves unloaded, whatever the mapping says. */
export interface Unloaded { readonly [state]: 'unloaded' }

/** A column that is loaded, whatever the mapping says. */
export interface LoadedColumn { readonly [state]: 'column' }

/** Of the columns only these, and those that every load brings. */
export interface OnlyColumns<K> { readonly [columns]: K }

/** Of the relationships none that is not named, though the mapping loads it: at this level, or at every one. */
export interface NoneElse<W extends 'here' | 'everywhere'> { readonly [others]: W }

/** A relationship to its own entity, loaded so many levels further; -1 to the end. */
export interface Levels<N extends number> { readonly [levels]: N }

/** A relationship that shows nothing, whatever the database holds. */
export interface Empty { readonly [from]: 'nothing' }

/** A relationship as the mapping loads it, unless something holds for all that is not named. */
export interface AsMapped { readonly [from]: 'mapping' }

/** The names that are left unloaded. */
export type UnloadedIn<S> = { [K in keyof S]: S[K] extends Unloaded ? K : never }[keyof S]

/** What is loaded after a further option: where the two disagree, the further one counts. */
export type Overlay<S, D> =
  D extends OnlyColumns<unknown> ? Omit<S, ColumnsIn<S> | typeof columns> & D
  : [keyof S & keyof D] extends [never] ? S & D
  : [UnloadedIn<S> & keyof D] extends [never] ? S & D
  : Omit<S, UnloadedIn<S> & keyof D> & D
type ColumnsIn<S> = { [K in keyof S]: S[K] extends LoadedColumn ? K : never }[keyof S]

/** What is loaded after everything that the mapping loads is: the relationships that are named, and none left out. */
export type AsMappedAgain<S> = [keyof S & (typeof columns | typeof others) | UnloadedIn<S>] extends [never] ? S : Omit<S, typeof columns | typeof others | UnloadedIn<S>>

/** The columns of a row that are not loaded: those that the mapping defers and nothing brought, and those that an option left out. */
export type LeftOut<Row, Deferred, S> =
  | (S extends OnlyColumns<infer K> ? Exclude<keyof Row, K | keyof S> : Exclude<Deferred, keyof S>)
  | (UnloadedIn<S> & keyof Row)

/** Does `S` say anything of columns? */
export type ColumnNews<Row, S> = keyof S & (keyof Row | typeof columns)

/** What is loaded of the objects of relationship `K`, for which `S[K]` says `D`. */
export type Below<S, D, K> = (D extends Levels<infer N> ? Deeper<D, N, K> : D) & (S extends NoneElse<'everywhere'> ? NoneElse<'everywhere'> : unknown)

/** The same relationship again, one level less. Without end the level is the same. */
type Deeper<D, N extends number, K> =
  N extends -1 ? D & { readonly [P in K & PropertyKey]: D }
  : N extends 0 ? D
  : Omit<D, typeof levels> & { readonly [P in K & PropertyKey]: Omit<D, typeof levels> & Levels<Less<N>> }

/** One less; past ten levels the compiler no longer counts. */
type Less<N extends number> = [never, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9][N] extends infer L extends number ? L : 0
