// An option for each strategy of loading one relationship.

import { relationshipRef } from '../expression/operand.js'
import { isRel } from '../registry/handle.js'
import type { AnyRel, Rel } from '../registry/handle.js'
import type { Unchecked } from '../registry/inference-position.js'
import type { EagerLazy } from '../registry/model.js'
import type { AsMapped, Empty, Unloaded } from '../registry/loaded.js'
import { loadOption, optionData } from './loader.js'
import type { ChunkSetting, ContainedOption, EdgeSetting, InnerjoinSetting, LoadOption, Merge, Onwards, RecursionSetting, SqlOnlySetting } from './loader.js'
import type { LoaderOption, LoadStrategy } from './descriptor.js'

/** Loads the relationship, and for its objects what the further options say. `Takes` are the settings that it takes beside `only`. */
export type Loader<Takes = never> = <M, N, K extends string, T extends string, A extends string, B extends string, const Os extends readonly LoadOption<Unchecked, T, unknown, T | B | Takes, Onwards<T, B>>[]>(
  relationship: Rel<M, N, K, T, boolean, A, B>,
  ...sub: Os
) => LoadOption<M, N, { readonly [P in K]: Merge<Os> }, never, A>

/** Loads the relationship as the query itself has it, which has its conditions too. */
export type Container = <M, N, K extends string, T extends string, A extends string, B extends string, const Os extends readonly LoadOption<Unchecked, T, unknown, ContainedOption, Onwards<T, B>>[]>(
  relationship: Rel<M, N, K, T, boolean, A, B>,
  ...sub: Os
) => LoadOption<M, N, { readonly [P in K]: Merge<Os> }, ContainedOption, A>

/** Leaves the relationship unloaded; the further options hold when it is loaded later. */
export type Deferrer = <M, N, K extends string, T extends string, A extends string, B extends string>(
  relationship: Rel<M, N, K, T, boolean, A, B>,
  ...sub: readonly LoadOption<Unchecked, T, unknown, T | B, Onwards<T, B>>[]
) => LoadOption<M, N, { readonly [P in K]: Unloaded }, never, A>

/** Refuses to load the relationship: nothing can be said of what is below. */
export type Refuser = <M, N, K extends string, T extends string, A extends string, B extends string>(
  relationship: Rel<M, N, K, T, boolean, A, B>,
  ...sub: readonly LoadOption<Unchecked, unknown, unknown, SqlOnlySetting>[]
) => LoadOption<M, N, { readonly [P in K]: Unloaded }, never, A>

/** Shows nothing. */
export type Emptier = <M, N, K extends string, T extends string, A extends string, B extends string>(relationship: Rel<M, N, K, T, boolean, A, B>) => LoadOption<M, N, { readonly [P in K]: Empty }, never, A>

/** Leaves the strategy as mapped, so that the further options have what it is set to load. */
export type DefaultLoader = <M, N, K extends string, T extends string, A extends string, B extends string, const Os extends readonly LoadOption<Unchecked, T, unknown, T | B, Onwards<T, B>>[]>(
  relationship: Rel<M, N, K, T, boolean, A, B>,
  ...sub: Os
) => LoadOption<M, N, IsEager<M, N, K> extends true ? { readonly [P in K]: Merge<Os> & AsMapped } : {}, never, A>
type IsEager<M, N, K extends string> =
  M extends { readonly [E in N & string]: { readonly rels: { readonly [R in K]: { readonly lazy: infer Z } } } }
    ? [Z] extends [EagerLazy] ? true : false
    : false

/** By a join in the query itself. `joinedload(Order.customer)` */
export const joinedload: Loader<InnerjoinSetting> = loader('joined')
/** By a further statement with the keys of all results. `selectinload(User.addresses, selectinload(Address.tags))` */
export const selectinload: Loader<ChunkSetting | RecursionSetting> = loader('selectin')
/** By a further statement with the query as its subquery. */
export const subqueryload: Loader = loader('subquery')
/** By a statement for each result, when it is met. */
export const immediateload: Loader<RecursionSetting> = loader('immediate')
/** From the rows of a join that the query itself has; of an alias, with `ofType`. `containsEager(User.addresses)` */
export const containsEager: Container = loader('contains')
/** As mapped; the further options hold for its objects. `defaultload(User.addresses, selectinload(Address.tags))` */
export const defaultload: DefaultLoader = loader('default')
/** Not before it is asked for. */
export const lazyload: Deferrer = loader('lazy')
/** Never: asking for it is refused; with `sqlOnly`, where it would send SQL. */
export const raiseload: Refuser = loader('raise')
/** Never: it is empty. */
export const noload: Emptier = loader('noload')

/** Each of the options says in its type what it loads. */
function loader(
  strategy: LoadStrategy,
): (relationship: AnyRel, ...sub: readonly LoadOption<Unchecked, never, unknown, unknown>[]) => LoadOption<Unchecked, Unchecked, Unchecked, never, never> {
  return (relationship, ...sub) => loadOption(relationshipOption(strategy, relationship, sub))
}

/** An option for one relationship as data, with the settings of its edge among what was given. */
export const relationshipOption = (
  strategy: LoadStrategy,
  relationship: AnyRel,
  sub: readonly LoadOption<Unchecked, never, unknown, unknown>[],
): Extract<LoaderOption, { readonly _tag: 'relationship' }> => {
  if (!isRel(relationship)) throw new TypeError(`a loader was given ${typeof relationship === 'string' ? `'${String(relationship)}'` : 'something'} that is no relationship: give one of a handle, as in selectinload(User.addresses), or use wildcard()`)
  const given = sub.map(optionData)
  const { sqlOnly, ...settings } = merged(given.filter((each) => each._tag === 'edge'))
  if (sqlOnly === true && strategy !== 'raise') throw new TypeError('sqlOnly is for raiseload(): it says when that refuses')
  const ref = relationshipRef(relationship)
  return {
    _tag: 'relationship',
    strategy: strategy === 'raise' && sqlOnly === true ? 'raise_on_sql' : strategy,
    relationship: ref,
    ...(strategy === 'contains' && ref.ofType !== undefined ? { alias: ref.ofType.source } : {}),
    ...settings,
    below: Object.freeze(given.filter((each): each is LoaderOption => each._tag !== 'edge')),
  }
}

/** Settings as one: several conditions hold together, of others the last counts. */
function merged(settings: readonly EdgeSetting[]): Omit<EdgeSetting, '_tag'> {
  const conditions = settings.flatMap((each) => each.where ?? [])
  const [first, ...more] = conditions
  const rest = settings.reduce<Omit<EdgeSetting, '_tag' | 'where'>>((all, { _tag, where: _where, ...each }) => ({ ...all, ...each }), {})
  return first === undefined ? rest : { ...rest, where: more.length === 0 ? first : { _tag: 'logical', operator: 'and', args: conditions } }
}
