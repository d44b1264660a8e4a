// Aliases: an entity under another name in a query, perhaps read from something else than its tables.

import { entityAlias } from '../mapping/entity-alias.js'
import type { EntityAlias } from '../mapping/entity-alias.js'
import type { TableAlias, TableJoin } from '../mapping/selectable.js'
import type { FieldSource } from '../query/field-source.js'
import { originOf } from '../query/source.js'
import { buildHandle } from './build-handle.js'
import type { Handle } from './entity-handle.js'
import { handleOf, isHandle } from './handle.js'
import type { AnyHandle, HandleOf } from './handle.js'
import type { EntityName, Models } from './model.js'

/**
 * An entity under another name in a query, so that it can be there twice; or an entity whose objects are read from a subquery, under
 * the subquery's name: a field that is one of its columns stands for it, its key must be among them, and what is not is not loaded.
 *
 * Before there is a registry, the name of an entity stands for it, and a relationship may lead to what comes out: its objects are
 * those of the entity, its conditions and options speak of the alias.
 *
 * @example
 * const Parent = alias(Category, 'Parent')
 * pipe(select(Category), join(Category.parent, Parent), where(eq(Parent.name, 'garden')))
 *
 * const newest = alias(Order, subquery('newest', pipe(select(Order), orderBy(desc(Order.placedAt)), limit(10))))
 * pipe(select(newest), where(gt(newest.total, 100)))
 *
 * const ranked = subquery('ranked', select({ id: posts.c.id, userId: posts.c.userId, place: over(rowNumber(), { partitionBy: [posts.c.userId], orderBy: [desc(posts.c.id)] }) }))
 * relationship(alias('Post', ranked), { primaryjoin: and(eq(users.c.id, ranked.userId), le(ranked.place, 3)) })
 */
export function alias<M extends Models<M>, N extends EntityName<M>, const A extends string>(handle: HandleOf<M, N>, name: A | FieldSource<A>): Handle<M, N, A>
export function alias<const T extends string, A extends string>(entity: T, source: FieldSource<A> | (TableAlias & { readonly alias: A })): EntityAlias<T, A>
export function alias<const T extends string, const A extends string>(entity: T, source: TableJoin, name: A): EntityAlias<T, A, string>
export function alias(entity: AnyHandle | string, source: string | object, name?: string): unknown {
  if (!isHandle(entity)) return entityAlias(entity, source, name)
  const { registry, entity: of } = handleOf(entity)
  if (typeof source === 'string') return buildHandle(registry, of, source)
  const origin = originOf(source)
  if (origin === undefined) throw new TypeError(`alias of ${of}: give a name, or the fields of a subquery`)
  return buildHandle(registry, of, origin.source.source, origin)
}
