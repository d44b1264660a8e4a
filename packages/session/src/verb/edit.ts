// edit: a loaded collection changed in place.

import type { AnyRel, EntityName, EntityObject, Models, Rel } from '@relata/core'
import { checkSubject } from '../change/check.js'
import { editCollection, type CollectionEdit } from '../change/edit-collection.js'
import { relationshipOfHandle } from '../handle/mapping-of.js'
import { instanceFrom } from '../state/state-of.js'
import { collectionRelationship } from './collection-relationship.js'

/**
 * Changes a loaded collection by index or key, or as a whole, and returns its owner. Throws `ChangeRefused` where the collection is not
 * loaded, has no such index or key, or is of another class.
 *
 * @example
 * pipe(list, edit(List.items, { how: 'insert', at: 0, value: create(Item, { text: 'first' }) }))
 */
export function edit<M extends Models<M>, N extends EntityName<M>, K, T extends EntityName<M>>(rel: Rel<M, N, K, T, true>, change: CollectionEdit<EntityObject<M, T>>): <I extends EntityObject<M, N>>(subject: I) => I
export function edit(rel: AnyRel, change: CollectionEdit<unknown>): <I>(subject: I) => I {
  return (subject) => {
    const relationship = collectionRelationship(relationshipOfHandle(rel), 'edit')
    editCollection(checkSubject(instanceFrom(subject, 'edit'), relationship.entity, 'edit'), relationship, change)
    return subject
  }
}
