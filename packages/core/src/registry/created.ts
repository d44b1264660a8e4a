// Objects that `create` makes: what they were given, and whatever else their entity has.

import type { PrimaryKeyOf } from '../schema/column.js'
import type { HandleWith } from './collection-handle.js'
import type { CollectionOf } from './collection.js'
import type { EntityName, Models, RelationshipModel } from './model.js'
import type { Tracked } from './tracked.js'

/** An object that is not, or need not be, in the database yet: its generated keys may be undefined. Every instance is one. */
export type New<M extends Models<M>, N extends EntityName<M>, S = {}> = {
  readonly [K in keyof M[N]['row']]: K extends PrimaryKeyOf<M[N]['columns']> ? M[N]['row'][K] | undefined : M[N]['row'][K]
} & Tracked<M[N]['line'], {}> & {
    readonly [K in keyof S & keyof M[N]['rels']]: M[N]['rels'][K] extends RelationshipModel<infer T extends EntityName<M>, infer L, unknown, unknown, infer C, unknown, unknown, infer H>
      ? L extends 'handle' ? HandleWith<M, T, H>
      : L extends false ? New<M, T> | null
      : CollectionOf<C, M[T]['row'], New<M, T>>
      : never
  }

/** What `create` returns: all its relationships are there, those not given empty. */
export type Created<M extends Models<M>, N extends EntityName<M>> = New<M, N, { readonly [K in keyof M[N]['rels']]: {} }>
