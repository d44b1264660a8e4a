// The handles of relationships that are never loaded as a whole.

import type { Members } from '../mapping/own-operators.js'
import type { Query } from '../query/query.js'
import type { Assignments, Delete, Insert, Update } from '../query/write.js'
import type { EntityObject } from './entity-object.js'
import type { Input } from './input.js'
import type { EntityName, Models } from './model.js'

/** A relationship that is never loaded as a whole (`lazy: 'write_only'` or `'dynamic'`): queried, and changed member by member. */
export interface CollectionHandle<M extends Models<M>, T extends EntityName<M>> {
  /** Its members, to be narrowed and run like any query. */
  readonly select: Query<M, T, {}, T>
  /** Statements for its members: run them by `execute`. An insert gives its rows the parent's key; it is refused through a secondary. */
  readonly insert: (rows: readonly Partial<Input<M, T>>[]) => Insert<M, T>
  readonly update: (values: Assignments<M, T>) => Update<M, T>
  readonly delete: Delete<M, T>
  /** Adds members; written by the next flush. */
  readonly add: (...members: readonly EntityObject<M, T>[]) => void
  /** Takes members out; written by the next flush. */
  readonly remove: (...members: readonly EntityObject<M, T>[]) => void
}

/** A handle with what its relationship's queryClass makes. */
export type HandleWith<M extends Models<M>, T extends EntityName<M>, H> =
  [keyof H] extends [never] ? CollectionHandle<M, T> : Omit<CollectionHandle<M, T>, keyof H> & { readonly [P in keyof H]: OfMembers<M, T, H[P]> }
/** Made before any registry: a query of members is one of their entity. */
type OfMembers<M extends Models<M>, T extends EntityName<M>, X> =
  X extends Members ? Query<M, T, {}, T>
  : X extends (...given: infer P) => infer R ? (...given: P) => R extends Members ? Query<M, T, {}, T> : R
  : X
