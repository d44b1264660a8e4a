// Writes by condition as their builders leave them: frozen data, like selects.

import type { QueryNode } from './descriptor.js'

/** UPDATE of the rows of an entity that all conditions hold for. */
export interface UpdateDescriptor {
  readonly _tag: 'update'
  readonly entity: string
  readonly source: string
  /** By attribute. */
  readonly set: Readonly<Record<string, QueryNode>>
  readonly where: readonly QueryNode[]
  /** Attributes given back. */
  readonly returning: readonly string[]
  /** How objects in the session follow: by evaluating, by reading back keys first, or not at all. */
  readonly synchronize: Synchronize
}

/** DELETE of the rows of an entity that all conditions hold for. */
export interface DeleteDescriptor {
  readonly _tag: 'delete'
  readonly entity: string
  readonly source: string
  readonly where: readonly QueryNode[]
  readonly returning: readonly string[]
  readonly synchronize: Synchronize
}

/** INSERT of rows given by attribute, past the unit of work. */
export interface InsertDescriptor {
  readonly _tag: 'insert'
  readonly entity: string
  readonly rows: readonly Readonly<Record<string, QueryNode>>[]
  /** What a row that is there already becomes: unchanged ('nothing'), or with these attributes set. */
  readonly onConflict?: {
    readonly attributes: readonly string[]
    readonly update: 'nothing' | Readonly<Record<string, QueryNode>>
  }
  readonly returning: readonly string[]
}

export type Synchronize = 'auto' | 'evaluate' | 'fetch' | false

export type WriteDescriptor = UpdateDescriptor | DeleteDescriptor | InsertDescriptor
