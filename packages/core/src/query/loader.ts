// What loader options are to the compiler: an entity that they start from, and what they load.

import { nodeOf } from '../expression/expr.js'
import type { Condition } from '../expression/expr.js'
import type { Unchecked } from '../registry/inference-position.js'
import type { Levels, Overlay } from '../registry/loaded.js'
import type { LoaderOption, QueryNode } from './descriptor.js'

/**
 * An option for objects of entity `N` that loads the relationships `S`. `F` is what a setting reads, which the edge it is given
 * to must have; `A` is the name of the entity or alias that the option starts from, none where it starts from no name.
 */
export interface LoadOption<M, N, S, F = never, A = unknown> {
  readonly [option]: { readonly model?: (model: M) => M; readonly entity: (entity: N) => void; readonly loaded: S; readonly reads?: F; readonly from?: A }
}
declare const option: unique symbol

/** The names of the entities that some options are for; none for those that are for any. */
export type EntityOf<O> = O extends { readonly [option]: { readonly entity: (entity: infer N) => void } } ? (0 extends 1 & N ? never : N) : never

/** What options load together: of two that disagree the later counts. */
export type Merge<Os extends readonly unknown[]> = Os extends readonly [infer Head, ...infer Tail] ? Overlay<LoadedBy<Head>, Merge<Tail>> : {}
type LoadedBy<O> = O extends { readonly [option]: { readonly loaded: infer S } } ? S : {}

/** The names that options below a relationship may start from: where its target `T` is read as the alias `B`, that alone. */
export type Onwards<T, B> = [B] extends [T] ? unknown : B

/** What is no option by itself, but says more of the one that it is given to. */
export interface EdgeSetting {
  readonly _tag: 'edge'
  readonly where?: QueryNode
  readonly innerjoin?: boolean | 'unnested'
  readonly recursionDepth?: number
  readonly chunkSize?: number
  readonly sqlOnly?: boolean
}

/** A setting of an edge, which has no entity of its own. `F` is what it reads of the edge, or says which loaders take it. */
export type Setting<F = never> = LoadOption<Unchecked, Unchecked, {}, F, never>

/** What settings say that only some loaders take: a loader that does not names them in its error. */
export type InnerjoinSetting = 'innerjoin() is for joinedload()'
export type RecursionSetting = 'recursionDepth() is for selectinload(), immediateload() and load()'
export type ChunkSetting = 'chunkSize() is for selectinload() and load()'
export type SqlOnlySetting = 'sqlOnly is for raiseload()'

/** What says of an option that the rows of the query itself have what it loads. */
export type ContainedOption = 'containsEager() is for the query itself, or below containsEager()'

/** The option that is this data. */
export function loadOption<M, N, S, F = never, A = unknown>(data: LoaderOption | EdgeSetting): LoadOption<M, N, S, F, A>
export function loadOption(data: LoaderOption | EdgeSetting): unknown {
  return Object.freeze(data)
}

/** The data that an option is. */
export function optionData(given: LoadOption<Unchecked, never, unknown, unknown>): LoaderOption | EdgeSetting
export function optionData(given: unknown): unknown {
  return given
}

/** Only related objects that the condition holds for. `selectinload(Order.lines, only(gt(Line.quantity, 1)))` */
export const only = <F extends string>(condition: Condition<F>): Setting<F> => loadOption({ _tag: 'edge', where: nodeOf(condition) })

/** A joined load whose join leaves out objects without partner; `'unnested'` where a link before it is an outer join. `joinedload(Order.customer, innerjoin())` */
export const innerjoin = (how: boolean | 'unnested' = true): Setting<InnerjoinSetting> => loadOption({ _tag: 'edge', innerjoin: how })

/** A self-referential relationship followed this many levels further, or, at -1, to its end. `selectinload(Folder.children, recursionDepth(3))` */
export const recursionDepth = <const N extends number>(levels: N): LoadOption<Unchecked, Unchecked, Levels<N>, RecursionSetting, never> => loadOption({ _tag: 'edge', recursionDepth: levels })

/** How many parents a statement of a selectin load asks for at most. `selectinload(User.addresses, chunkSize(100))` */
export const chunkSize = (parents: number): Setting<ChunkSetting> => loadOption({ _tag: 'edge', chunkSize: parents })

/** A raiseload that refuses only what would send SQL: the identity map may answer. `raiseload(Address.user, sqlOnly)` */
export const sqlOnly: Setting<SqlOnlySetting> = loadOption({ _tag: 'edge', sqlOnly: true })
