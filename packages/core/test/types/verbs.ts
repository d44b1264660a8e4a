// Verbs as a session declares them on core's types, so that the types can be held to what programs do with them.

import type { Option } from 'fp-ts/lib/Option.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'
import type { Created, EntityName, HandleOf, Input, Instance, KeyOf, LoadOption, Merge, Models, New, Rel, ResultOf, Runnable, Tracked, Update, WithLoaded } from '@relata/core'

export interface HasSession { readonly session: unknown }
export interface Failed { readonly _tag: 'Failed' }
export type Db<A, E = Failed> = ReaderTaskEither<HasSession, E, A>

export declare const create: <M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>, values: Input<M, N>) => Created<M, N>
export declare const set: <M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>, values: Partial<Input<M, N>>) => <I extends New<M, N>>(instance: I) => I
type Members = <M extends Models<M>, N extends EntityName<M>, K, T extends EntityName<M>>(relationship: Rel<M, N, K, T, true>, ...members: readonly New<M, T>[]) => <I extends New<M, N>>(instance: I) => I
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
) => <X extends Instance<M, N> | ReadonlyArray<Instance<M, N>>>(loaded: X) => Db<WithLoaded<X, M, K, Merge<Os>>>
export declare const save: <M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>) => (instance: New<M, N>) => Db<Instance<M, N>>
export declare const add: (...instances: readonly Tracked<unknown, unknown>[]) => Db<void>
export declare const execute: (statement: Update<any, any>) => Db<{ readonly rowCount: number }>
export declare const transaction: <R extends HasSession, E, A>(program: ReaderTaskEither<R, E, A>) => ReaderTaskEither<R, E | Failed, A>
