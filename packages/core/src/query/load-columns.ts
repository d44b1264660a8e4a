// Options for columns: which of an entity's come with its objects, and which only when they are asked for.

import type { AttributeRef } from '../expression/node.js'
import { isExpr, nodeOf } from '../expression/expr.js'
import { handleOf } from '../registry/handle.js'
import type { Attr, HandleOf } from '../registry/handle.js'
import type { Unchecked } from '../registry/inference-position.js'
import type { LoadedColumn, OnlyColumns, Unloaded } from '../registry/loaded.js'
import { loadOption } from './loader.js'
import type { LoadOption } from './loader.js'

type AnyAttr<N extends string, K extends string = string> = Attr<unknown, N, K>

/** Only these columns and the primary key. `loadOnly(User.name, User.email)` */
export const loadOnly = <N extends string, K extends string>(first: AnyAttr<N, K>, ...more: readonly AnyAttr<NoInfer<N>, K>[]): LoadOption<Unchecked, N, OnlyColumns<K>, never, never> =>
  columns('only', [first, ...more])

/** Not this column, until it is asked for; with `raise`, asking is refused. `defer(User.photo)` */
export const defer = <N extends string, K extends string>(attribute: AnyAttr<N, K>, options: { readonly raise?: boolean } = {}): LoadOption<Unchecked, N, { readonly [P in K]: Unloaded }, never, never> =>
  columns('defer', [attribute], options)

/** This column too, though the mapping defers it. `undefer(User.photo)` */
export const undefer = <N extends string, K extends string>(attribute: AnyAttr<N, K>): LoadOption<Unchecked, N, { readonly [P in K]: LoadedColumn }, never, never> => columns('undefer', [attribute])

/** None but the primary key, or every one that the mapping defers. `deferAll(User)` */
export const deferAll = <M, N extends string>(handle: HandleOf<M, N>, options: { readonly raise?: boolean } = {}): LoadOption<M, N, OnlyColumns<never>, never, never> =>
  loadOption({ _tag: 'columns', how: 'defer', entity: handleOf(handle).entity, attributes: '*', ...options })
/** Every column that the mapping defers. `undeferAll(User)` */
export const undeferAll = <M, N extends string>(handle: HandleOf<M, N>): LoadOption<M, N, Undeferred<M, N>, never, never> =>
  loadOption({ _tag: 'columns', how: 'undefer', entity: handleOf(handle).entity, attributes: '*' })

/** The columns that the mapping defers under the name of a group. `undeferGroup(User, 'media')` */
export const undeferGroup = <M, N extends string, G extends GroupOf<M, N>>(handle: HandleOf<M, N>, ...groups: readonly [G, ...G[]]): LoadOption<M, N, Undeferred<M, N, G>, never, never> =>
  loadOption({ _tag: 'columns', how: 'undefer', entity: handleOf(handle).entity, attributes: [], groups })

/** The deferred columns of an entity with the names of their groups, one record for each entity of its line that has some. */
type DeferredOf<M, N> = M extends { readonly [E in N & string]: { readonly deferred: infer D } } ? D : never
/** The names of groups; any text where only run time knows. */
type GroupOf<M, N> = string extends N ? string : DeferredOf<M, N> extends infer D ? (D extends unknown ? D[keyof D] & string : never) : never
type Undeferred<M, N, G = unknown> = { readonly [K in InGroup<DeferredOf<M, N>, G>]: LoadedColumn }
type InGroup<D, G> = D extends unknown ? { [K in keyof D]: D[K] extends G ? K : never }[keyof D] : never

function columns<N extends string, S>(
  how: 'only' | 'defer' | 'undefer',
  attributes: readonly AnyAttr<N>[],
  options: { readonly raise?: boolean } = {},
): LoadOption<Unchecked, N, S, never, never> {
  const refs = attributes.map(attributeRef)
  return loadOption({ _tag: 'columns', how, entity: refs[0]?.entity ?? '', attributes: Object.freeze(refs.map((ref) => ref.name)), ...options })
}

function attributeRef(attribute: AnyAttr<string>): AttributeRef {
  const node = isExpr(attribute) ? nodeOf(attribute) : undefined
  if (node?._tag !== 'attribute') throw new TypeError('an option for columns was given something else: give attributes of a handle, as in loadOnly(User.name)')
  return node
}
