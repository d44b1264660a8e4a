// The way from the root of a query to where it is now: what stops mapped eager loading in cycles.

import type { MappedRelationship, Mapping } from '../../configure/mapping.js'
import { isA } from './mapped-column.js'

export interface EntityPath {
  /** Every entity on the way, this one last. */
  readonly entities: readonly string[]
  /** Those that the statement at hand came by: joins look no further back. */
  readonly joined: readonly string[]
  /** Names of the relationships that options are written along, from the root of the query. */
  readonly names: readonly string[]
}

export const rootPath = (entity: string): EntityPath => ({ entities: [entity], joined: [entity], names: [] })

/** One relationship further in the same statement. */
export const pathJoined = (path: EntityPath, relationship: MappedRelationship): EntityPath => ({
  entities: [...path.entities, relationship.target], joined: [...path.joined, relationship.target], names: [...path.names, relationship.name],
})

/** One relationship further by a statement of its own. */
export const pathFollowed = (path: EntityPath, relationship: MappedRelationship): EntityPath =>
  ({ entities: [...path.entities, relationship.target], joined: [relationship.target], names: [...path.names, relationship.name] })

/** Where a load for given parents starts: below the relationship, with options that start from its target. */
export const lazyPath = (relationship: MappedRelationship): EntityPath =>
  ({ entities: [relationship.entity, relationship.target], joined: [relationship.target], names: [] })

/** Does a mapped join stop before this relationship: as deep as joinDepth says, else where its target is in the statement already? */
export const stopsJoining = (mapping: Mapping, path: EntityPath, relationship: MappedRelationship): boolean => stops(mapping, path.joined, relationship)

/** Does a mapped load by a further statement stop before this relationship? */
export const stopsFollowing = (mapping: Mapping, path: EntityPath, relationship: MappedRelationship): boolean => stops(mapping, path.entities, relationship)

const stops = (mapping: Mapping, entities: readonly string[], relationship: MappedRelationship): boolean =>
  relationship.joinDepth !== undefined ? entities.length > relationship.joinDepth : entities.some((entity) => isA(mapping, entity, relationship.target))
