// Options that hold wherever an entity occurs: wildcards, and criteria.

import { nodeOf } from '../expression/expr.js'
import type { Condition } from '../expression/expr.js'
import { handleOf } from '../registry/handle.js'
import type { HandleOf } from '../registry/handle.js'
import type { Unchecked } from '../registry/inference-position.js'
import type { NoneElse } from '../registry/loaded.js'
import { loadOption } from './loader.js'
import type { LoadOption } from './loader.js'
import type { LoadStrategy } from './descriptor.js'

/** The strategies that a wildcard may set. */
export type WildcardStrategy = Exclude<LoadStrategy, 'contains' | 'default'>

/** What a wildcard leaves of the relationships that the mapping loads. Which others an eager one loads depends on where circles end. */
type OthersBy<Z, W extends 'here' | 'everywhere'> = [Z] extends ['joined' | 'selectin' | 'subquery' | 'immediate'] ? {} : NoneElse<W>

/** What says of an option that it is for a whole query. */
export type WholeQuery = 'criteria for a whole query'

/**
 * The strategy of every relationship for which no option says otherwise: of one entity, also at the end of a path, or of every
 * entity that the query meets. Options for a relationship win, wherever they stand.
 *
 * @example
 * options(selectinload(Order.lines), wildcard('raise'))
 * options(selectinload(Order.lines, wildcard('joined', Line)))
 */
export function wildcard<Z extends WildcardStrategy>(strategy: Z): LoadOption<Unchecked, Unchecked, OthersBy<Z, 'everywhere'>, never, never>
export function wildcard<Z extends WildcardStrategy, M, N extends string>(strategy: Z, handle: HandleOf<M, N>): LoadOption<M, N, OthersBy<Z, 'here'>, never, never>
export function wildcard(strategy: WildcardStrategy, handle?: HandleOf<unknown, string>): LoadOption<unknown, string, {}, never, never> {
  return loadOption({ _tag: 'wildcard', strategy, ...(handle === undefined ? {} : { entity: handleOf(handle).entity }) })
}

/**
 * A condition that holds wherever the entity occurs: in the query, its joins, its eager and later lazy loads, in `any` and `has`.
 * It stands among the options of a query, never within a path.
 *
 * @example
 * options(withLoaderCriteria(Address, isNull(Address.deletedAt)))
 */
export const withLoaderCriteria = <N extends string, F extends N>(
  handle: HandleOf<unknown, N>,
  condition: Condition<F>,
  options: { readonly includeAliases?: boolean } = {},
): LoadOption<Unchecked, Unchecked, {}, WholeQuery> =>
  loadOption({ _tag: 'criteria', entity: handleOf(handle).entity, where: nodeOf(condition), includeAliases: options.includeAliases ?? false })
