// Verbs on collections take relationships of many only.

import type { MappedRelationship } from '@relata/core'
import { fail } from '../relata-error.js'

/** Refuses a relationship to one object. */
export const collectionRelationship = (relationship: MappedRelationship, verb: string): MappedRelationship => relationship.uselist ? relationship : fail({
  _tag: 'ChangeRefused', code: 'attribute', message: `${verb}: ${relationship.key} holds one ${relationship.target}, not a collection`,
  hint: 'use set', detail: { relationship: relationship.key },
})
