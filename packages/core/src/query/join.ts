// Joins: along relationships, or to any source with a condition.

import { isExpr, nodeOf } from '../expression/expr.js'
import type { Condition } from '../expression/expr.js'
import { relationshipRef } from '../expression/operand.js'
import type { TableAlias } from '../mapping/selectable.js'
import type { AnyTable } from '../schema/table.js'
import { isHandle, isRel, originOfHandle } from '../registry/handle.js'
import { targetSource } from '../registry/target-of.js'
import type { AnyHandle, AnyRel, EntityOrigin, HandleOf, Rel } from '../registry/handle.js'
import type { Unchecked } from '../registry/inference-position.js'
import { retyping } from './build.js'
import type { FieldSource } from './field-source.js'
import type { Over } from './over.js'
import type { Widen, WidenFull, WidenOuter } from './query.js'
import type { QueryJoin } from './descriptor.js'
import { commonTables, originOf } from './source.js'
import type { Origin } from './source.js'

type Kind = QueryJoin['kind']

/** What a query becomes by a join: sources that may have no partner are nullable. */
type Joined<Q, B extends string, J extends Kind> = J extends 'inner' ? Widen<Q, B> : J extends 'left' ? WidenOuter<Q, B> : WidenFull<Q, B>

/** A table or an alias of one, joined for its columns. */
type NamedTable<B extends string> = { readonly _tag: 'Table'; readonly name: B } | { readonly _tag: 'TableAlias'; readonly alias: B }

/** Along a relationship: to its target, or to an alias of it, perhaps with a condition. To a handle, a table or the fields of a subquery: by a condition; to a handle also by the one foreign key between it and the query. */
interface Join<J extends Kind> {
  <M, N, K, T extends string, L, A extends string, B extends string>(
    relationship: Rel<M, N, K, T, L, A, B>,
  ): <Q extends Over<A>>(query: Q) => Joined<Q, B, J>
  <M, N, K, T extends string, L, A extends string, B extends string, C extends string>(
    relationship: Rel<M, N, K, T, L, A, B>,
    as: HandleOf<Unchecked, NoInfer<T>, C>,
    condition?: Condition<A | C>,
  ): <Q extends Over<A>>(query: Q) => Joined<Q, C, J>
  <M, N, K, T extends string, L, A extends string, B extends string>(
    relationship: Rel<M, N, K, T, L, A, B>,
    condition: Condition<A | B>,
  ): <Q extends Over<A>>(query: Q) => Joined<Q, B, J>
  <B extends string>(handle: HandleOf<Unchecked, Unchecked, B>): <Q extends Over<never>>(query: Q) => Joined<Q, B, J>
  <B extends string, F extends string, Free extends string = never>(
    source: HandleOf<Unchecked, Unchecked, B> | FieldSource<B, Free> | NamedTable<B>,
    condition: Condition<F>,
  ): <Q extends Over<Exclude<F, B> | Free>>(query: Q) => Joined<Q, B, J>
}

/**
 * Joins along a relationship, to its target under its own name or an alias, perhaps with a further condition; or joins a handle,
 * a table, or the fields of a subquery, on a condition. A handle without one is joined by the foreign key between it and the query.
 *
 * @example
 * join(User.addresses)
 * join(Category.parent, Parent, eq(Parent.name, 'garden'))
 * join(totals, eq(totals.customerId, Customer.id))
 * pipe(select(Order), join(Customer))
 */
export const join: Join<'inner'> = joining('inner')

/** As `join`, keeping what finds no partner: the fields of the joined source are then nullable. */
export const leftJoin: Join<'left'> = joining('left')

/** As `leftJoin`, keeping what finds no partner on either side. */
export const fullJoin: Join<'full'> = joining('full')

/** As `Join` to a handle or another source, with the source of the query that it is joined to. */
interface JoinFrom<J extends Kind> {
  <A extends string, B extends string>(left: HandleOf<Unchecked, Unchecked, A>, handle: HandleOf<Unchecked, Unchecked, B>): <Q extends Over<A>>(query: Q) => Joined<Q, B, J>
  <A extends string, B extends string, F extends string, Free extends string = never>(
    left: HandleOf<Unchecked, Unchecked, A>,
    source: HandleOf<Unchecked, Unchecked, B> | FieldSource<B, Free> | NamedTable<B>,
    condition: Condition<F>,
  ): <Q extends Over<A | Exclude<F, B> | Free>>(query: Q) => Joined<Q, B, J>
}

/**
 * Joins to one of several sources of the query: by the foreign key between the two, or on a condition. Refused when it is planned where
 * no such key, or more than one, is found.
 *
 * @example
 * pipe(select({ total: Order.total }), join(Customer), join(Shop), joinFrom(Shop, Address))
 */
export const joinFrom: JoinFrom<'inner'> = joiningFrom('inner')

/** As `joinFrom`, keeping what finds no partner: the fields of the joined source are then nullable. */
export const leftJoinFrom: JoinFrom<'left'> = joiningFrom('left')

/** What is joined on a condition. */
type Joinable = AnyHandle | FieldSource<string, string> | NamedTable<string>

/** What the overloads of Join have in common. */
type AnyJoin = (to: AnyRel | Joinable, ...rest: readonly unknown[]) => (query: Unchecked) => Unchecked

function joining(kind: Kind): AnyJoin {
  return (to, ...rest) => adding(kind, joinTo(to, rest), isRel(to) ? aliasIn(rest) : joinedOrigin(to))
}

function joiningFrom(kind: Kind): (left: AnyHandle, to: Joinable, ...rest: readonly unknown[]) => (query: Unchecked) => Unchecked {
  return (left, to, ...rest) => adding(kind, { ...joinToSource(to, rest), left: originOfHandle(left).source.source }, joinedOrigin(to))
}

function adding(kind: Kind, to: QueryJoin['to'], origin: Origin | undefined): (query: Unchecked) => Unchecked {
  const joined = Object.freeze(to)
  const name = joined._tag === 'relationship' ? joined.source : joined.source.source
  return retyping((query) => ({
    // A source of the fields of a query is joined here and so no longer stands by itself.
    from: query.from.filter((source) => source.source !== name),
    joins: [...query.joins, Object.freeze({ kind, to: joined })],
    ctes: origin === undefined ? query.ctes : commonTables(query.ctes, [origin]),
  }))
}

function joinTo(to: AnyRel | Joinable, rest: readonly unknown[]): QueryJoin['to'] {
  if (isRel(to)) {
    const condition = rest.find(isExpr)
    const relationship = relationshipRef(to)
    const { source, from } = aliasIn(rest)?.source ?? relationship.ofType ?? { source: targetSource(to) }
    return { _tag: 'relationship', relationship, source, ...(from === undefined ? {} : { from }), ...(condition === undefined ? {} : { where: nodeOf(condition) }) }
  }
  return joinToSource(to, rest)
}

function joinToSource(to: Joinable, rest: readonly unknown[]): Extract<QueryJoin['to'], { _tag: 'source' }> {
  const condition = rest.find(isExpr)
  return { _tag: 'source', source: joinedOrigin(to).source, ...(condition === undefined ? {} : { on: nodeOf(condition) }) }
}

/** The alias that a relationship is joined to. */
function aliasIn(rest: readonly unknown[]): EntityOrigin | undefined {
  const as = rest.find((argument): argument is AnyHandle => argument !== undefined && !isExpr(argument))
  return as === undefined ? undefined : originOfHandle(as)
}

function joinedOrigin(to: Joinable): Origin {
  if (isHandle(to)) return originOfHandle(to)
  const given: unknown = to
  if (typeof given !== 'object' || given === null) throw new TypeError(`join: ${typeof given === 'string' ? `'${given}'` : String(given)} is no source: give a relationship such as User.addresses, or a handle`)
  const origin = originOf(to) ?? (isNamedTable(to) ? tableOrigin(to) : undefined)
  if (origin === undefined) throw new TypeError('join: neither a relationship, nor a handle, nor a table, nor the fields of a subquery')
  return origin
}

/** The fields of a subquery, which may have any name, have an origin; tables have none. */
const isNamedTable = (to: object): to is AnyTable | TableAlias => '_tag' in to && (to._tag === 'Table' || to._tag === 'TableAlias')

function tableOrigin(table: AnyTable | TableAlias): Origin {
  return { source: Object.freeze(table._tag === 'Table' ? { _tag: 'table', table: table.name, source: table.name } : { _tag: 'table', table: table.table.name, source: table.alias }) }
}
