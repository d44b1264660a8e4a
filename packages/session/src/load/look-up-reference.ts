// A simple many-to-one as the identity map answers it: the object there, null for a null key, or not known without a statement.

import { columnWish, type LoaderOption, type MappedEntity, type MappedRelationship, type Mapping } from '@relata/core'
import { attributeAt } from '../state/entity-index.js'
import { Instance, values } from '../state/instance.js'
import { absent, type SessionState } from '../state/model.js'
import { lookUp } from '../state/register.js'
import { isExpired, isOf, optionsOf } from '../state/state-of.js'

export type Reference = { readonly _tag: 'found'; readonly instance: Instance | null } | { readonly _tag: 'expired'; readonly instance: Instance } | { readonly _tag: 'unknown' }

/**
 * Looks a reference up by the key that its parent shows, or by another key given. An object that lacks columns which a load with the
 * options `wanted`, given from the target, would bring is not known; without them any object will do.
 */
export const lookUpReference = (session: SessionState, parent: Instance, relationship: MappedRelationship, wanted: readonly LoaderOption[] | undefined, key: readonly unknown[] = referenceKey(parent, relationship)): Reference => {
  if (!relationship.useGet) return { _tag: 'unknown' }
  if (key.every((value) => value === null || value === undefined)) return { _tag: 'found', instance: null }
  const target = session.mapping.entities[relationship.target]
  const found = target === undefined ? undefined : lookUp(session, target, key)
  if (found === undefined) return { _tag: 'unknown' }
  if (!isOf(found, relationship.target)) return { _tag: 'found', instance: null }
  if (isExpired(found)) return { _tag: 'expired', instance: found }
  return target !== undefined && wanted !== undefined && lacksColumns(session.mapping, found, target, wanted) ? { _tag: 'unknown' } : { _tag: 'found', instance: found }
}

/** Did the options of the query that brought an object leave out columns that a load with these options would bring? */
export const lacksColumns = (mapping: Mapping, instance: Instance, { attributes }: MappedEntity, wanted: readonly LoaderOption[]): boolean => {
  const options = optionsOf(instance)?.options ?? []
  if (options.length === 0 && wanted.length === 0) return false
  const { entity, status } = Instance.backing(instance)
  return attributes.some((attribute) => status[entity.slot[attribute.name] ?? -1] === absent
    && columnWish(mapping, options, entity, attribute) !== 'load' && columnWish(mapping, wanted, entity, attribute) === 'load')
}

/** The target's key, in its order, as the parent's columns show it. */
export const referenceKey = (parent: Instance, relationship: MappedRelationship): readonly unknown[] => {
  const { entity } = Instance.backing(parent)
  const shown = values(parent)
  return relationship.useGetColumns.map((column) => {
    const attribute = attributeAt(entity, column)
    return attribute === undefined ? undefined : shown[attribute.name]
  })
}
