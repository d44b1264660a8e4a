// Verbs as a session declares them on core's types, so that the types can be held to what programs do with them.

import type { Option } from 'fp-ts/lib/Option.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'
import type { AnyInstance, Attr, Changes, Created, Creation, EntityName, EntityObject, HandleOf, Instance, KeyOf, LoadOption, Merge, Models, Rel, ResultOf, Runnable, Tracked, Update, WithColumn, WithLoaded, WithRefreshed } from '@relata/core'

export interface HasSession { readonly session: unknown }
export interface Failed { readonly _tag: 'Failed' }
export type Db<A, E = Failed> = ReaderTaskEither<HasSession, E, A>

export declare const create: <M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>, values: Creation<M, N>) => Created<M, N>
export declare const set: <M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>, values: Changes<M, N>) => <I extends EntityObject<M, N>>(instance: I) => I
type Members = <M extends Models<M>, N extends EntityName<M>, K, T extends EntityName<M>>(relationship: Rel<M, N, K, T, true>, ...members: readonly EntityObject<M, T>[]) => <I extends EntityObject<M, N>>(instance: I) => I
export declare const append: Members
export declare const remove: Members
export declare const is: <M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>) => (candidate: unknown) => candidate is Instance<M, N>
export declare const all: <Q extends Runnable>(query: Q) => Db<ReadonlyArray<ResultOf<Q>>>
export declare const first: <Q extends Runnable>(query: Q) => Db<Option<ResultOf<Q>>>
export declare const one: <Q extends Runnable>(query: Q) => Db<ResultOf<Q>>
export declare const get: <M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>, key: KeyOf<M, N>) => Db<Option<Instance<M, N>>>
export declare const load: <M extends Models<M>, N extends EntityName<M>, K extends string, T extends string, const Os extends readonly LoadOption<any, T, any, T>[]>(
  relationship: Rel<M, N, K, T, boolean>,
  ...sub: Os
) => <X extends AnyInstance<M, N> | ReadonlyArray<AnyInstance<M, N>>>(loaded: X) => Db<WithLoaded<X, M, K, Merge<Os>>>
export declare const loadColumn: <K extends PropertyKey>(attribute: Attr<unknown, string, K>) => <X extends object | readonly object[]>(subject: X) => Db<WithColumn<X, K>>
export declare const refresh: <M extends Models<M>, N extends EntityName<M>, K extends (keyof M[N]['row'] | keyof M[N]['rels']) & string = never>(handle: HandleOf<M, N>, ...names: readonly K[]) => <I extends EntityObject<M, N>>(subject: I) => Db<WithRefreshed<I, K>>
export declare const save: <M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>) => (instance: EntityObject<M, N>) => Db<Instance<M, N>>
export declare const add: (...instances: readonly Tracked<unknown, unknown>[]) => Db<void>
export declare const execute: (statement: Update<any, any>) => Db<{ readonly rowCount: number }>
export declare const transaction: <R extends HasSession, E, A>(program: ReaderTaskEither<R, E, A>) => ReaderTaskEither<R, E | Failed, A>
