import type { ColumnRef, MappedEntity } from '../../configure/mapping.js';
import type { From, PlanNode } from '../select-ast.js';
import type { Planning } from './planning.js';
export interface EntitySource {
    readonly _tag: 'entity';
    readonly entity: MappedEntity;
    /** Alias by table: the entity's own, those it inherits, and those of subclasses that come along. */
    readonly tables: ReadonlyMap<string, string>;
    /** Stands for the entity under a name of its own: criteria for the entity spare it unless they include aliases. */
    readonly aliased: boolean;
    /** Where the entity stands behind a subquery: the columns that it gives out, by `table.column`. */
    readonly exported?: ReadonlyMap<string, PlanNode>;
}
/** A subquery or common table expression: columns by name. */
export interface FieldSource {
    readonly _tag: 'fields';
    readonly alias: string;
}
export type Source = EntitySource | FieldSource;
/** What names mean in an expression; inner names hide those of the enclosing query. */
export interface Scope {
    readonly sources: ReadonlyMap<string, Source>;
    readonly enclosing?: Scope;
}
export declare const lookUpSource: (scope: Scope | undefined, name: string) => Source | undefined;
/** A scope in which some names mean something else. */
export declare const scopeWith: (enclosing: Scope | undefined, names: readonly (readonly [string, Source])[]) => Scope;
/** Opens an entity: its tables joined, those of the given subclasses outer-joined to them. */
export declare const openEntity: (planning: Planning, entity: MappedEntity, aliased: boolean, polymorphic?: readonly string[]) => {
    readonly source: EntitySource;
    readonly from: From;
};
/** A table under a fresh alias. */
export declare const openTable: (planning: Planning, name: string) => Extract<From, {
    _tag: 'table';
}>;
/** A column of a table under an alias. */
export declare const columnAt: (planning: Planning, alias: string, { table, column }: ColumnRef) => PlanNode;
/** A column as a source has it: in its table, or in a joined table that shares it. */
export declare const columnOf: (planning: Planning, source: EntitySource, ref: ColumnRef) => PlanNode;
/** An attribute of the source's entity, or of a subclass whose table came along. */
export declare const attributeAt: (planning: Planning, source: EntitySource, entity: string, name: string) => PlanNode;
/** The conjunction of conditions, if there are any. */
export declare const allOf: (args: readonly (PlanNode | undefined)[]) => PlanNode | undefined;
/** Has the source the table of a column, or one that shares the column? */
export declare const hasColumn: (source: EntitySource, attribute: ColumnRef & {
    readonly also: readonly ColumnRef[];
}) => boolean;
