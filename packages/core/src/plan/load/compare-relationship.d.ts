import type { MappedEntity, MappedRelationship } from '../../configure/mapping.js';
import type { QueryLeaf, QueryNode, RelationshipRef } from '../../query/leaf.js';
import type { PlanNode } from '../select-ast.js';
import type { Lowering } from './lowering.js';
import type { EntitySource } from './source.js';
/** The parent's source and the relationship that a reference names. */
export declare const referenced: ({ planning, scope }: Lowering, ref: RelationshipRef) => {
    readonly parent: EntitySource;
    readonly relationship: MappedRelationship;
    readonly target: MappedEntity;
};
/** any and has: a correlated EXISTS over the far side, which hides a source of the same name outside. */
export declare const existsRelated: (lowering: Lowering, ref: RelationshipRef, quantifier: 'any' | 'has' | 'some', where?: QueryNode) => PlanNode;
/** The names by which conditions on a relationship know its far side. */
export declare const farNames: (relationship: MappedRelationship, target: EntitySource, ref: Pick<RelationshipRef, 'ofType'>) => readonly (readonly [string, EntitySource])[];
/** `== object`, `!= object` and `contains(object)`: the parent's columns against values of the object. */
export declare const comparedWith: (lowering: Lowering, leaf: Extract<QueryLeaf, {
    _tag: 'relatedTo';
}>, slot: number) => PlanNode;
/** `== null` and `!= null`: a null test of the key where the parent holds it, else whether anything is related. */
export declare const comparedWithNull: (lowering: Lowering, ref: RelationshipRef, negated: boolean) => PlanNode;
/** The relationship's own condition between two sources of the query. */
export declare const implicitJoin: (lowering: Lowering, ref: RelationshipRef) => PlanNode;
