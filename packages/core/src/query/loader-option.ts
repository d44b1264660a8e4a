// Loader options as data: a chain of links from an entity of the query, or a setting for a whole entity or query.

import type { QueryNode, RelationshipRef } from './leaf.js'

export type LoadStrategy = 'lazy' | 'immediate' | 'joined' | 'subquery' | 'selectin' | 'noload' | 'raise' | 'raise_on_sql' | 'contains' | 'default'

export type LoaderOption =
  /** How one relationship is loaded, and what holds for the objects it brings (`then`). */
  | {
    readonly _tag: 'relationship'
    readonly strategy: LoadStrategy
    readonly relationship: RelationshipRef
    readonly where?: QueryNode
    readonly innerjoin?: boolean | 'unnested'
    readonly recursionDepth?: number
    readonly chunkSize?: number
    /** For 'contains': the alias in the query that the related columns come from. */
    readonly alias?: string
    readonly then: readonly LoaderOption[]
  }
  /** Columns of an entity: only these, or all but these, or these as well ('*' is every column). */
  | { readonly _tag: 'columns'; readonly how: 'only' | 'defer' | 'undefer'; readonly entity: string; readonly attributes: readonly string[] | '*'; readonly groups?: readonly string[]; readonly raise?: boolean }
  /** The strategy of all relationships not otherwise stated, of one entity or of every entity met. */
  | { readonly _tag: 'wildcard'; readonly strategy: LoadStrategy; readonly entity?: string }
  /** A criterion wherever the entity occurs. */
  | { readonly _tag: 'criteria'; readonly entity: string; readonly where: QueryNode; readonly includeAliases: boolean }
