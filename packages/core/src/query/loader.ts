// Loader options: how the relationships of a query's objects are loaded, and what the compiler then knows to be there.

import { nodeOf } from '../expression/expr.js'
import type { Condition } from '../expression/expr.js'
import { relationshipRef } from '../expression/operand.js'
import type { Rel } from '../registry/handle.js'
import type { EntityName, Models } from '../registry/model.js'
import type { Unchecked } from '../registry/inference-position.js'
import { retyping } from './build.js'
import type { LoaderOption, LoadStrategy } from './loader-option.js'
import type { QueryNode } from './leaf.js'
import type { Query } from './query.js'

declare const option: unique symbol

/** An option for objects of entity `N` that loads the relationships `S`; a criterion on an edge reads the sources `F`. */
export interface LoadOption<M, N, S, F = never> {
  readonly [option]: { readonly model?: (model: M) => M; readonly entity: (entity: N) => void; readonly loaded: S; readonly reads?: F }
}

/** What is not an option by itself, but says more of the one that it is given to. */
interface EdgeSetting {
  readonly _tag: 'edge'
  readonly where?: QueryNode
  readonly innerjoin?: boolean | 'unnested'
  readonly recursionDepth?: number
  readonly chunkSize?: number
}

/** What options load together. */
export type Merge<Os extends readonly unknown[]> = Os extends readonly [infer Head, ...infer Tail]
  ? (Head extends LoadOption<Unchecked, never, infer S, unknown> ? S : {}) & Merge<Tail>
  : {}

type Loader = <M, N, K extends string, T extends string, B extends string, const Os extends readonly LoadOption<Unchecked, T, unknown, T | B>[]>(
  relationship: Rel<M, N, K, T, boolean, string, B>,
  ...sub: Os
) => LoadOption<M, N, { readonly [P in K]: Merge<Os> }>

/** Loads the relationship in the query itself, by a join. `joinedload(Order.customer)` */
export const joinedload: Loader = loader('joined')
/** Loads the relationship of all results by a further statement with their keys. `selectinload(User.addresses, selectinload(Address.tags))` */
export const selectinload: Loader = loader('selectin')
/** Loads the relationship of all results by a further statement with the query as a subquery. */
export const subqueryload: Loader = loader('subquery')
/** Loads the relationship of each result by a statement of its own, when it is met. */
export const immediateload: Loader = loader('immediate')

function loader(strategy: LoadStrategy): Loader
function loader(strategy: LoadStrategy): unknown {
  return (relationship: Rel<unknown, unknown, string, string, boolean>, ...sub: readonly (LoaderOption | EdgeSetting)[]) => {
    const settings = sub.filter((each): each is EdgeSetting => each._tag === 'edge')
    const conditions = settings.flatMap((each) => each.where ?? [])
    const { where: _, _tag, ...rest } = Object.assign({}, ...settings) as EdgeSetting
    return Object.freeze({
      _tag: 'relationship',
      strategy,
      relationship: relationshipRef(relationship),
      ...rest,
      ...(conditions.length === 0 ? {} : { where: conditions.length === 1 ? conditions[0] : { _tag: 'logical', operator: 'and', args: conditions } }),
      then: Object.freeze(sub.filter((each) => each._tag !== 'edge')),
    })
  }
}

/** Only related objects that the condition holds for. `selectinload(Order.lines, only(gt(Line.quantity, 1)))` */
export function only<F extends string>(condition: Condition<F>): LoadOption<Unchecked, Unchecked, {}, F>
export function only(condition: Condition<string>): unknown {
  return Object.freeze({ _tag: 'edge', where: nodeOf(condition) } satisfies EdgeSetting)
}

/**
 * Options of a query: what its objects come with. The type of its results has what they load.
 *
 * @example
 * pipe(select(User), options(selectinload(User.addresses)))
 */
export const options = <N extends string, const Os extends readonly LoadOption<Unchecked, N, unknown>[]>(
  ...given: Os & readonly LoadOption<Unchecked, N, unknown>[]
): (<M extends Models<M>, S, Src extends string, Free extends string>(query: Query<M, N & EntityName<M>, S, Src, Free>) => Query<M, N & EntityName<M>, S & Merge<Os>, Src, Free>) =>
  retyping((query) => ({ options: [...query.options, ...(given as readonly unknown[] as readonly LoaderOption[])] })) // every option is made by a loader
