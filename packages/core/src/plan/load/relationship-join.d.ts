import type { ColumnRef, LazyLeaf, MappedEntity, MappedRelationship } from '../../configure/mapping.js';
import type { Node, Ordering } from '../../expression/node.js';
import type { From, PlanNode } from '../select-ast.js';
import type { Planning } from './planning.js';
import type { EntitySource } from './source.js';
/** The tables of a secondary by the names that join conditions know them by. */
export interface Secondary {
    readonly from: From;
    readonly tables: ReadonlyMap<string, {
        readonly table: string;
        readonly alias: string;
    }>;
}
/** The far side of a relationship, opened. */
export interface Far {
    readonly target: EntitySource;
    readonly from: From;
    readonly secondary?: Secondary;
}
/** Opens the target of a relationship, or the entity that it is narrowed to, and its secondary. */
export declare const openFar: (planning: Planning, relationship: MappedRelationship, target: MappedEntity, aliased: boolean, polymorphic?: readonly string[]) => Far;
/** The condition between parent and target, or between parent and secondary. */
export declare const primaryCondition: (planning: Planning, relationship: MappedRelationship, parent: EntitySource, far: Far) => PlanNode;
/** The condition between secondary and target. */
export declare const secondaryCondition: (planning: Planning, relationship: MappedRelationship, parent: EntitySource | undefined, far: Far) => PlanNode | undefined;
/** The relationship's ordering over the aliases of its far side. */
export declare const relationshipOrdering: (planning: Planning, relationship: MappedRelationship, far: Far) => readonly Ordering<PlanNode>[];
/** A condition with binds: each bind becomes the slot given for it. */
export declare const lazyCondition: (planning: Planning, condition: Node<LazyLeaf>, here: EntitySource, far: Pick<Far, 'secondary'>, hereIs: 'parent' | 'target', bind: (index: number) => PlanNode) => PlanNode;
/** A column of the secondary, where the table is one of its. */
export declare const secondaryColumn: (planning: Planning, ref: ColumnRef, secondary: Secondary | undefined) => PlanNode | undefined;
/** Secondary and target joined to each other, as the right side of a join. */
export declare const farFrom: (far: Far, secondaryOn: PlanNode | undefined) => From;
