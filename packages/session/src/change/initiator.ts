// Who began a change: the relationship and how. A change that is mirrored to the other side bears its initiator along, which ends
// the mirroring where it began and keeps cascades from running along back references.

import type { MappedRelationship } from '@relata/core'

export interface Initiator {
  readonly relationship: MappedRelationship
  readonly how: 'append' | 'remove' | 'replace' | 'bulk'
}

/** Of a member coming in: an append to a collection, a replacement of a reference. */
export const appending = (relationship: MappedRelationship): Initiator => ({ relationship, how: comingIn(relationship) })
export const removing = (relationship: MappedRelationship): Initiator => ({ relationship, how: 'remove' })
export const replacing = (relationship: MappedRelationship): Initiator => ({ relationship, how: 'replace' })
/** Of a whole new collection. */
export const assigning = (relationship: MappedRelationship): Initiator => ({ relationship, how: 'bulk' })

/** How a member comes into a relationship. */
export const comingIn = ({ uselist }: MappedRelationship): 'append' | 'replace' => (uselist ? 'append' : 'replace')

/** Did it begin here in this way? */
export const beganAs = (initiator: Initiator, relationship: MappedRelationship, how: Initiator['how']): boolean =>
  initiator.how === how && initiator.relationship.key === relationship.key

/** Is this the attribute that the program changed, rather than its mirror? */
export const isOwn = (initiator: Initiator, relationship: MappedRelationship): boolean => initiator.relationship.name === relationship.name
