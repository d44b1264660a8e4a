// An entity as its builder leaves it: a table, its relationships and what else the mapping says.

import type { MappingNode } from '../expression/node.js'
import type { TableDescriptor } from '../schema/table-descriptor.js'
import type { RelationshipDescriptor, SelectableDescriptor } from './relationship-descriptor.js'

export interface EntityOptions {
  /** Attribute names where they are not the column's property name: `{ attribute: 'column' }`. */
  readonly attributes?: Readonly<Record<string, string>>
  /** Further names of attributes, in handles and where columns are named: `{ synonym: 'attribute' }`. Objects do not have them. */
  readonly synonyms?: Readonly<Record<string, string>>
  /** Columns of the table that are mapped (all by default), or that are left out. */
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
  /** The column that counts versions, and how the next one is made (1, 2, 3 … by default; 'server' where the database sets it). */
  readonly version?: string | { readonly attribute: string; readonly next: 'server' | ((current: never) => unknown) | false }
  /** Of an entity over a query, the fields by which its objects are told apart. */
  readonly primaryKey?: readonly string[]
  readonly inherits?: string
  readonly inheritCondition?: MappingNode
  readonly concrete?: boolean
  readonly polymorphicOn?: string
  readonly identity?: string | number
  readonly withPolymorphic?: '*' | readonly string[]
  readonly confirmDeletedRows?: boolean
  readonly passiveUpdates?: boolean
  /** Attributes that load only when asked for, by name or with their group. */
  readonly deferred?: readonly string[] | Readonly<Record<string, string>>
  /** Attributes that do not print. */
  readonly repr?: Readonly<Record<string, boolean>>
}

export interface EntityDescriptor {
  readonly table: TableDescriptor
  /** Of an entity over a join: all of it; `table` is then its first. */
  readonly join?: SelectableDescriptor
  readonly relationships: Readonly<Record<string, RelationshipDescriptor>>
  readonly options: EntityOptions
}
