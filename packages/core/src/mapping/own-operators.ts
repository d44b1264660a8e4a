// What a program may add to a relationship: operators of its own, and what its handle gives.

import type { AnyExpr } from '../expression/expr.js'
import type { SelectDescriptor } from '../query/descriptor.js'
import type { Correlated, Over } from '../query/over.js'
import type { Rel } from '../registry/handle.js'
import type { Unchecked } from '../registry/inference-position.js'

/** A relationship before it is known of which registry: `any`, `has`, `contains`, `eq` and the like take it. */
export interface Compared extends Rel<Unchecked, Unchecked, Unchecked, string, Unchecked, string, string> {}

/**
 * Makes the operators of a relationship out of those that every relationship has. They stand on the handle's relationship, where their
 * conditions read its source; one that is called `any`, `has`, `contains`, `eq`, `ne`, `isNull` or `isNotNull` also takes the place of
 * that function. Columns are those of tables, for there are no handles yet.
 *
 * @example
 * relationship('Address', { comparatorFactory: (addresses) => ({ at: (host: string) => any(addresses, like(addressTable.c.email, `%@${host}`)) }) })
 * pipe(select(User), where(User.addresses.at('x.org')))
 */
export type ComparatorFactory = (relationship: Compared) => Readonly<Record<string, (...given: never) => AnyExpr>> & NamesOfRelationships

/** Names that a relationship of a handle has itself. */
interface NamesOfRelationships {
  readonly _tag?: never
  readonly name?: never
  readonly source?: never
  readonly entity?: never
  readonly ofType?: never
}

/** The members of a relationship of some object as a query, before it is known of which registry. */
export interface Members extends SelectDescriptor, Over<string>, Correlated<never> {}

/**
 * Makes what the handle of a `'dynamic'` or `'write_only'` relationship has beside `select`, `add` and the rest: queries of its members,
 * or functions that give some. One called `select` takes the place of that.
 *
 * @example
 * relationship('Post', { lazy: 'dynamic', queryClass: (posts) => ({ since: (year: number) => pipe(posts, where(ge(postTable.c.year, year))) }) })
 * all(user.posts.since(2020))
 */
export type QueryClass = (members: Members) => Readonly<Record<string, unknown>> & NamesOfHandles

/** Names that a handle has itself. */
interface NamesOfHandles {
  readonly insert?: never
  readonly update?: never
  readonly delete?: never
  readonly add?: never
  readonly remove?: never
  readonly toJSON?: never
}
