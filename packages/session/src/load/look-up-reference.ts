// A simple many-to-one as the identity map answers it: the object there, null for a null key, or not known without a statement.

import type { MappedRelationship } from '@relata/core'
import { attributeAt } from '../state/entity-index.js'
import { Instance, values } from '../state/instance.js'
import type { SessionState } from '../state/model.js'
import { lookUp } from '../state/register.js'
import { isExpired, isOf } from '../state/state-of.js'

export type Reference = { readonly _tag: 'found'; readonly instance: Instance | null } | { readonly _tag: 'expired'; readonly instance: Instance } | { readonly _tag: 'unknown' }

/** Looks a reference up by the key that its parent shows, or by another key given. */
export const lookUpReference = (session: SessionState, parent: Instance, relationship: MappedRelationship, key: readonly unknown[] = referenceKey(parent, relationship)): Reference => {
  if (!relationship.useGet) return { _tag: 'unknown' }
  if (key.every((value) => value === null || value === undefined)) return { _tag: 'found', instance: null }
  const target = session.mapping.entities[relationship.target]
  const found = target === undefined ? undefined : lookUp(session, target, key)
  if (found === undefined) return { _tag: 'unknown' }
  if (!isOf(found, relationship.target)) return { _tag: 'found', instance: null }
  return isExpired(found) ? { _tag: 'expired', instance: found } : { _tag: 'found', instance: found }
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
