// options: what the objects of a query come with.

import type { Unchecked } from '../registry/inference-position.js'
import { retyping } from './build.js'
import { optionData } from './loader.js'
import type { EntityOf, LoadOption, Merge } from './loader.js'
import type { LoaderOption } from './descriptor.js'
import type { ObjectsOf, WithLoading } from './query.js'

/**
 * Options of a query of objects; the type of its results has what they load. A setting such as `only` belongs to a loader and
 * says nothing here.
 *
 * @example
 * pipe(select(User), options(selectinload(User.addresses, joinedload(Address.city)), raiseload(User.orders)))
 */
export function options<const Os extends readonly LoadOption<Unchecked, never, unknown, unknown>[]>(
  ...given: Os
): <Q extends ObjectsOf<EntityOf<Os[number]>>>(query: Q) => WithLoading<Q, Merge<Os>>
export function options(...given: readonly LoadOption<Unchecked, never, unknown, unknown>[]): unknown {
  const added = given.map(optionData).filter((each): each is LoaderOption => each._tag !== 'edge')
  return retyping((query) => ({ options: [...query.options, ...added] }))
}
