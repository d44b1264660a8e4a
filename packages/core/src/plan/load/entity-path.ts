// The way from the root of a query to where it is now: what stops mapped eager loading in cycles.

import type { MappedRelationship, Mapping } from '../../configure/mapping.js'
import { isA } from './mapped-column.js'

export interface EntityPath {
  /** Every entity on the way, this one last. */
  readonly entities: readonly string[]
  /** Names of the relationships that options are written along, from the root of the query. */
  readonly names: readonly string[]
  /** How many relationships were followed. */
  readonly depth: number
}

export const rootPath = (entity: string): EntityPath => ({ entities: [entity], names: [], depth: 0 })

/** One relationship further. */
export const pathBelow = (path: EntityPath, relationship: MappedRelationship, target: string): EntityPath =>
  ({ entities: [...path.entities, target], names: [...path.names, relationship.name], depth: path.depth + 1 })

/** Where a load for given parents starts: below the relationship, with options that start from its target. */
export const lazyPath = (relationship: MappedRelationship, target: string): EntityPath =>
  ({ entities: [relationship.entity, target], names: [], depth: 1 })

/** Does mapped eager loading stop before this relationship: as deep as joinDepth says, else where its target is on the way already? */
export const stops = (mapping: Mapping, path: EntityPath, relationship: MappedRelationship): boolean =>
  relationship.joinDepth !== undefined
    ? path.depth + 1 > relationship.joinDepth
    : path.entities.some((entity) => isA(mapping, entity, relationship.target))
