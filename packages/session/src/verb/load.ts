// load: a relationship of objects that are there.

import type { AnyRel, EntityName, Instance as InstanceOf, LoaderOption, LoadOption, Merge, Models, Rel, Unchecked, WithLoaded } from '@relata/core'
import { db, type Db } from '../db.js'
import { relationshipOfHandle } from '../handle/mapping-of.js'
import { loadRelationship } from '../load/load-relationship.js'
import { instanceFrom } from '../state/state-of.js'

/**
 * Loads a relationship of one object or of an array of them (one batch) by its strategy, and gives them with a type that has it. What is
 * loaded stays as it is; a many-to-one whose object is in the session takes no statement. Options say what is loaded below. Fails with
 * `detached`, `raise-load`, `object-deleted`.
 *
 * @example
 * pipe(all(select(User)), RTE.chain(load(User.addresses, selectinload(Address.tags))))
 */
export function load<M extends Models<M>, N extends EntityName<M>, K extends string, T extends EntityName<M>, B extends string, const Os extends readonly LoadOption<Unchecked, T, unknown, T | B>[]>(
  rel: Rel<M, N, K, T, boolean, string, B>, ...sub: Os
): <X extends InstanceOf<M, N> | ReadonlyArray<InstanceOf<M, N>>>(subject: X) => Db<WithLoaded<X, M, K, Merge<Os>>>
export function load(rel: AnyRel, ...sub: readonly unknown[]): (subject: unknown) => Db<unknown> {
  return (subject) => db(async (session) => {
    const relationship = relationshipOfHandle(rel)
    const instances = (Array.isArray(subject) ? subject : [subject]).map((each) => instanceFrom(each, 'load'))
    await loadRelationship(session, instances, relationship, sub.length === 0 ? {} : { options: sub as readonly LoaderOption[] /* made by loaders */ })
    return subject
  })
}
