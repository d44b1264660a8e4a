// Why a relationship writes: said in words only where a step asks for them.

import type { MappedRelationship } from '../../configure/mapping.js'

export type Reason = 'added' | 'removed' | 'set' | 'set to null' | 'key changed' | 'deleted' | 'before deleted'

const known = new WeakMap<MappedRelationship, Partial<Record<Reason, string>>>()

/** The words for a reason: `'added to User.addresses'`. */
export const reasonText = (relationship: MappedRelationship, reason: Reason): string => {
  let texts = known.get(relationship)
  if (texts === undefined) known.set(relationship, texts = {})
  return texts[reason] ??= inWords(relationship, reason)
}

const inWords = ({ key, entity, target, direction }: MappedRelationship, reason: Reason): string => {
  switch (reason) {
    case 'added': return `added to ${key}`
    case 'removed': return `removed from ${key}`
    case 'set': return `${key} was set`
    case 'set to null': return `${key} was set to null`
    case 'key changed': return `the key of ${direction === 'many-to-one' ? target : entity} changed`
    case 'deleted': return `its ${entity} is deleted (${key})`
    case 'before deleted': return `before it is deleted (${key})`
    default: return reason satisfies never
  }
}
