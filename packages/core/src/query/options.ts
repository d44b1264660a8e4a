// options: what the objects of a query come with.

import type { Unchecked } from '../registry/inference-position.js'
import { retyping } from './build.js'
import { optionData } from './loader.js'
import type { WholeQuery } from './load-everywhere.js'
import type { ContainedOption, EntityOf, LoadOption, Merge } from './loader.js'
import type { LoaderOption } from './descriptor.js'
import type { ObjectsOf, WithLoading } from './query.js'

/**
 * Options of a query of objects; the type of its results has what they load. A setting such as `only` belongs to a loader: here it
 * does not compile, and throws.
 *
 * @example
 * pipe(select(User), options(selectinload(User.addresses, joinedload(Address.city)), raiseload(User.orders)))
 */
export function options<const Os extends readonly LoadOption<Unchecked, never, unknown, WholeQuery | ContainedOption>[]>(
  ...given: Os
): <Q extends ObjectsOf<EntityOf<Os[number]>>>(query: Q) => WithLoading<Q, Merge<Os>>
export function options(...given: readonly LoadOption<Unchecked, never, unknown, unknown>[]): unknown {
  const added = queryOptions(given)
  return retyping((query) => ({ options: [...query.options, ...added] }))
}

/** Options as data; throws where a setting of a loader stands among them. */
export const queryOptions = (given: readonly LoadOption<Unchecked, never, unknown, unknown>[]): readonly LoaderOption[] => given.map((each) => {
  const option = optionData(each)
  if (option._tag === 'edge') throw new TypeError(`options: ${Object.keys(option).filter((key) => key !== '_tag').join(', ')} is a setting of one loader: give it to that, as in selectinload(User.addresses, only(…))`)
  return option
})
