// What is known of the entities of a registry before any relationship is looked at.

import type { RelationshipDescriptor } from '../../mapping/relationship-descriptor.js'
import { columnKey } from '../column-ref.js'
import type { ColumnRef, MappedAttribute, MappedEntity, MappedInheritance, MappedTable } from '../mapping.js'
import type { Selectable } from '../join/selectable.js'

/** A foreign key with both ends as columns of tables. */
export interface ForeignKey {
  readonly columns: readonly ColumnRef[]
  readonly references: readonly ColumnRef[]
}

export interface EntityLayout {
  readonly name: string
  readonly order: number
  /** Its own table, and all tables that a row of it is spread over, root first. */
  readonly table: string
  readonly tables: readonly string[]
  readonly tableSet: ReadonlySet<string>
  /** How its tables are joined, where it is mapped over a join, or an alias is read from one. */
  readonly source?: Selectable
  /** The name under which it is read, where that is an alias. */
  readonly alias?: string
  readonly attributes: readonly MappedAttribute[]
  readonly attribute: Readonly<Record<string, MappedAttribute>>
  /** Further names of attributes, with those of the entities above. */
  readonly synonyms: Readonly<Record<string, string>>
  readonly primaryKey: readonly string[]
  readonly primaryKeyColumns: readonly ColumnRef[]
  readonly version?: NonNullable<MappedEntity['version']>
  readonly confirmDeletedRows: boolean
  readonly passiveUpdates: boolean
  readonly inheritance: MappedInheritance
  /** The entity at the head of its line, counting concrete inheritance too. */
  readonly family: string
  /** Entities above it, nearest first, counting concrete inheritance too. */
  readonly ancestors: readonly string[]
  readonly relationships: Readonly<Record<string, RelationshipDescriptor>>
}

export interface Layout {
  readonly tables: Readonly<Record<string, MappedTable>>
  readonly entities: Readonly<Record<string, EntityLayout>>
  /** Entities that have errors of their own: what refers to them is not looked at. */
  readonly broken: ReadonlySet<string>
  /** The entities right below each one, counting concrete inheritance too. */
  readonly children: ReadonlyMap<string, readonly string[]>
  readonly foreignKeys: ReadonlyMap<string, readonly ForeignKey[]>
  /** By column key: the columns that have the same value in every object, because joined inheritance equates them. */
  readonly equivalents: ReadonlyMap<string, ReadonlySet<string>>
}

/** What names in conditions mean. */
export type Names = Pick<Layout, 'tables' | 'entities'>

/** Are two columns one, or equated by joined inheritance? */
export const areEquivalent = (layout: Layout, a: ColumnRef, b: ColumnRef): boolean =>
  columnKey(a) === columnKey(b) || layout.equivalents.get(columnKey(a))?.has(columnKey(b)) === true

/** Is the first entity the second, or below it? */
export const isA = (entity: EntityLayout, other: EntityLayout): boolean =>
  entity.name === other.name || entity.ancestors.includes(other.name)

export const haveCommonAncestor = (a: EntityLayout, b: EntityLayout): boolean => a.family === b.family

/** On different branches of one line: no object is both. */
export const areSiblings = (a: EntityLayout, b: EntityLayout): boolean => haveCommonAncestor(a, b) && !isA(a, b) && !isA(b, a)

/** All entities below one, nearest first. */
export const descendantsOf = (children: Layout['children'], name: string): readonly string[] => {
  const found: string[] = []
  let level = children.get(name) ?? []
  while (level.length > 0) {
    found.push(...level)
    level = level.flatMap((each) => children.get(each) ?? [])
  }
  return found
}
