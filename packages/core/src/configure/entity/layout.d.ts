import type { TableDescriptor } from '../../schema/table-descriptor.js';
import type { RelationshipDescriptor } from '../../mapping/relationship-descriptor.js';
import type { ColumnRef, MappedAttribute, MappedEntity, MappedInheritance } from '../mapping.js';
/** A foreign key with both ends as columns of tables. */
export interface ForeignKey {
    readonly columns: readonly ColumnRef[];
    readonly references: readonly ColumnRef[];
}
export interface EntityLayout {
    readonly name: string;
    readonly order: number;
    /** Its own table, and all tables that a row of it is spread over, root first. */
    readonly table: string;
    readonly tables: readonly string[];
    readonly tableSet: ReadonlySet<string>;
    readonly attributes: readonly MappedAttribute[];
    readonly attribute: Readonly<Record<string, MappedAttribute>>;
    readonly primaryKey: readonly string[];
    readonly primaryKeyColumns: readonly ColumnRef[];
    /** The primary key of its own table. */
    readonly ownKeyColumns: readonly ColumnRef[];
    readonly version?: NonNullable<MappedEntity['version']>;
    readonly confirmDeletedRows: boolean;
    readonly passiveUpdates: boolean;
    readonly inheritance: MappedInheritance;
    /** The entity at the head of its line, counting concrete inheritance too. */
    readonly family: string;
    /** Entities above it, nearest first, counting concrete inheritance too. */
    readonly ancestors: readonly string[];
    readonly relationships: Readonly<Record<string, RelationshipDescriptor>>;
}
export interface Layout {
    readonly tables: Readonly<Record<string, TableDescriptor>>;
    readonly entities: Readonly<Record<string, EntityLayout>>;
    /** Entities that have errors of their own: what refers to them is not looked at. */
    readonly broken: ReadonlySet<string>;
    /** The entities right below each one, counting concrete inheritance too. */
    readonly children: ReadonlyMap<string, readonly string[]>;
    readonly foreignKeys: ReadonlyMap<string, readonly ForeignKey[]>;
    /** Columns of one value in every row: those that joined inheritance equates. */
    readonly equivalents: ReadonlyMap<string, readonly ColumnRef[]>;
}
/** Is the first entity the second, or below it? */
export declare const isA: (entity: EntityLayout, other: EntityLayout) => boolean;
export declare const haveCommonAncestor: (a: EntityLayout, b: EntityLayout) => boolean;
/** On different branches of one line: no object is both. */
export declare const areSiblings: (a: EntityLayout, b: EntityLayout) => boolean;
/** All entities below one, nearest first. */
export declare const descendantsOf: (children: Layout['children'], name: string) => readonly string[];
