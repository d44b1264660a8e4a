// Options for columns: which of an entity's come with its objects, and which only when they are asked for.

import type { AttributeRef } from '../expression/node.js'
import { nodeOf } from '../expression/expr.js'
import { handleOf } from '../registry/handle.js'
import type { Attr, HandleOf } from '../registry/handle.js'
import type { Unchecked } from '../registry/inference-position.js'
import { loadOption } from './loader.js'
import type { LoadOption } from './loader.js'

type AnyAttr<N extends string> = Attr<unknown, N, string>

/** Only these columns and the primary key. `loadOnly(User.name, User.email)` */
export const loadOnly = <N extends string>(first: AnyAttr<N>, ...more: readonly AnyAttr<NoInfer<N>>[]): LoadOption<Unchecked, N, {}> =>
  columns('only', [first, ...more])

/** Not this column, until it is asked for; with `raise`, asking is refused. `defer(User.photo)` */
export const defer = <N extends string>(attribute: AnyAttr<N>, options: { readonly raise?: boolean } = {}): LoadOption<Unchecked, N, {}> =>
  columns('defer', [attribute], options)

/** This column too, though the mapping defers it. `undefer(User.photo)` */
export const undefer = <N extends string>(attribute: AnyAttr<N>): LoadOption<Unchecked, N, {}> => columns('undefer', [attribute])

/** None but the primary key, or every one that the mapping defers. `deferAll(User)` */
export const deferAll = <M, N extends string>(handle: HandleOf<M, N>, options: { readonly raise?: boolean } = {}): LoadOption<M, N, {}> =>
  loadOption({ _tag: 'columns', how: 'defer', entity: handleOf(handle).entity, attributes: '*', ...options })
/** Every column that the mapping defers. `undeferAll(User)` */
export const undeferAll = <M, N extends string>(handle: HandleOf<M, N>): LoadOption<M, N, {}> =>
  loadOption({ _tag: 'columns', how: 'undefer', entity: handleOf(handle).entity, attributes: '*' })

/** The columns that the mapping defers under the name of a group. `undeferGroup(User, 'media')` */
export const undeferGroup = <M, N extends string>(handle: HandleOf<M, N>, ...groups: readonly [string, ...string[]]): LoadOption<M, N, {}> =>
  loadOption({ _tag: 'columns', how: 'undefer', entity: handleOf(handle).entity, attributes: [], groups })

function columns<N extends string>(
  how: 'only' | 'defer' | 'undefer',
  attributes: readonly AnyAttr<N>[],
  options: { readonly raise?: boolean } = {},
): LoadOption<Unchecked, N, {}> {
  const refs = attributes.map(nodeOf).filter((node): node is AttributeRef => node._tag === 'attribute')
  return loadOption({ _tag: 'columns', how, entity: refs[0]?.entity ?? '', attributes: Object.freeze(refs.map((ref) => ref.name)), ...options })
}
