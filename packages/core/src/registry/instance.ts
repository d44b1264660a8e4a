// Instances: what queries give. The columns and relationships that are loaded, and nothing else, all readonly.

import type { HandleWith } from './collection-handle.js'
import type { CollectionOf } from './collection.js'
import type { HandleOf } from './handle.js'
import type { Unchecked } from './inference-position.js'
import type { AsMapped, AsMappedAgain, Below, ColumnNews, Empty, LeftOut, LoadedColumn, NoneElse, Overlay, Unloaded } from './loaded.js'
import type { DeferredNames, EagerLazy, EntityName, Models, RelationshipModel } from './model.js'
import type { Tracked } from './tracked.js'

/** The relationships that an instance has without being asked: those the mapping loads eagerly, unless `S` says none, and those that are handles. */
type AlwaysPresent<R, S> = { [K in keyof R]: R[K] extends { readonly lazy: (S extends NoneElse<Unchecked> ? never : EagerLazy) | 'dynamic' | 'write_only' } ? K : never }[keyof R]

/** An instance of entity `N` with `S` loaded; `P` are the entities above it, at which eager loading of a circle stops. */
export type Instance<M extends Models<M>, N extends EntityName<M>, S = {}, P = N> = RowWith<M[N]['row'], DeferredNames<M[N]['deferred']>, M[N]['fixed'], S> &
  Tracked<M[N]['line'], S, M> & {
    readonly [K in (keyof S | AlwaysPresent<M[N]['rels'], S>) & keyof M[N]['rels'] as K extends keyof S
      ? S[K] extends Unloaded ? never : S[K] extends AsMapped ? (S extends NoneElse<Unchecked> ? never : K) : K
      : M[N]['rels'][K]['list'] extends 'handle' ? K
      : M[N]['rels'][K]['target'] extends P ? never : K]: Related<M, M[N]['rels'][K], Below<S, K extends keyof S ? S[K] : {}, K>, P | M[N]['rels'][K]['target']>
  }

/** The columns of a row that are loaded; `Fixed` are those that always are. */
type RowWith<Row, Deferred, Fixed, S> = [Deferred | ColumnNews<Row, S>] extends [never] ? Row : { readonly [K in Exclude<keyof Row, Exclude<LeftOut<Row, Deferred, S>, Fixed>>]: Row[K] }

type Related<M extends Models<M>, R, S, P> =
  R extends RelationshipModel<infer T extends EntityName<M>, infer L, unknown, infer NN, infer C, unknown, unknown, infer H>
    ? L extends 'handle' ? HandleWith<M, T, H>
    : L extends true ? CollectionOf<C, M[T]['row'], Instance<M, T, S, P>>
    : S extends Empty ? null
    : NN extends true ? Instance<M, T, S, P> : Instance<M, T, S, P> | null
    : never

type Paths<P extends string> = { readonly [K in P extends `${infer A}.${string}` ? A : P]: Paths<P extends `${K}.${infer R}` ? R : never> }

/** Paths that begin with a relationship of a handle's entity, or that are a column the mapping defers: a misspelt one does not compile. */
export type PathFrom<X> = X extends HandleOf<infer M extends Models<Unchecked>, infer N> ? PathOf<keyof M[N & EntityName<M>]['rels'] & string> | (DeferredNames<M[N & EntityName<M>]['deferred']> & string) : string
type PathOf<K extends string> = K | `${K}.${string}`

/** The instance type of a handle with relationships loaded: `Loaded<typeof User, 'addresses' | 'orders.lines'>`. */
export type Loaded<X, P extends PathFrom<X> = never> = X extends HandleOf<infer M extends Models<Unchecked>, infer N> ? Instance<M, N & EntityName<M>, Paths<P>> : never

/** The instance type of a handle: `Of<typeof User>`. */
export type Of<X> = X extends HandleOf<infer M extends Models<Unchecked>, infer N> ? Instance<M, N & EntityName<M>> : never

/** The last name of a line: the entity itself. */
type Last<L> = L extends readonly [infer A, ...infer R] ? (R extends readonly [unknown, ...unknown[]] ? Last<R> : A) : never

/** What `load` of relationship `K` (with `D` loaded below it) makes of an instance or of an array of them. */
export type WithLoaded<X, M extends Models<M>, K extends string, D> =
  X extends ReadonlyArray<infer I> ? ReadonlyArray<WithLoaded<I, M, K, D>>
  : X extends Tracked<infer L, infer S> ? Instance<M, Last<L> & EntityName<M>, Overlay<S, { readonly [P in K]: D }>>
  : never

/** What `loadColumn` of column `K` makes of an instance or of an array of them; an object that has not been read shows every column. */
export type WithColumn<X, K extends PropertyKey> =
  X extends ReadonlyArray<infer I> ? ReadonlyArray<WithColumn<I, K>>
  : X extends Tracked<infer L, infer S, infer M> ? InstanceOf<X, M, L, Overlay<S, { readonly [P in K]: LoadedColumn }>>
  : X

/** What `refresh` makes of an instance: the attributes `K` are loaded, or without any, all that the mapping loads. */
export type WithRefreshed<X, K extends PropertyKey> =
  X extends Tracked<infer L, infer S, infer M> ? InstanceOf<X, M, L, [K] extends [never] ? AsMappedAgain<S> : Overlay<S, { readonly [P in K]: {} }>> : X

type InstanceOf<X, M, L, S> = unknown extends M ? X : M extends Models<Unchecked> ? Instance<M, Last<L> & EntityName<M>, S> : X
