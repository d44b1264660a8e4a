import type { MappedEntity, MappedRelationship } from '../../configure/mapping.js';
import type { QueryJoin } from '../../query/select-descriptor.js';
import type { LoaderOption } from '../../query/loader-option.js';
import type { Ordering } from '../../expression/node.js';
import type { PlanNode } from '../select-ast.js';
import type { BaseSelect, EagerJoin, EagerPart } from './base-select.js';
import type { ColumnList } from './column-list.js';
import type { EntityPath } from './entity-path.js';
import type { EntityRead, RelatedLoad } from './load-plan.js';
import type { Lowering } from './lowering.js';
import type { Strategy } from './option-level.js';
import type { EntitySource } from './source.js';
/** A step of a statement from its root entity to one joined to it: subquery loads follow it again. */
export interface Hop {
    readonly relationship: MappedRelationship;
    readonly target: MappedEntity;
    readonly strategy: Strategy;
}
/** What the passes over one statement share. */
export interface Reading {
    readonly lowering: Lowering;
    readonly columns: ColumnList;
    readonly base: BaseSelect;
    readonly root: EntitySource;
    /** Joins that the query itself has: where `contains` finds its columns. */
    readonly joins: readonly QueryJoin[];
    /** One object is being refreshed: what would be loaded for many is loaded for it alone. */
    readonly refresh: boolean;
    /** Plans the statement of a relationship; handed in, since statements contain each other. */
    readonly related: (reading: Reading, form: 'list' | 'binds' | 'repeated', hops: readonly Hop[], hop: Hop, path: EntityPath) => RelatedLoad;
    /** What the eager loads add to the statement, filled as they are found. */
    readonly eagerOrder: Ordering<PlanNode>[];
    multiRow: boolean;
}
interface Place {
    readonly source: EntitySource;
    readonly options: readonly LoaderOption[];
    readonly path: EntityPath;
    readonly hops: readonly Hop[];
    /** Joined by an outer join, itself or something before it. */
    readonly outer: boolean;
    /** Names by which options may start here, where it is not enough that they are of the entity. */
    readonly names?: readonly string[];
}
/** Plans the read of an entity at a place; the joins that it needs come back beside it. */
export declare const readEntity: (reading: Reading, place: Place) => {
    readonly read: EntityRead;
    readonly joins: readonly EagerJoin[];
};
/** What the eager loads of a read add to its statement. */
export declare const eagerPart: (reading: Reading, joins: readonly EagerJoin[]) => EagerPart;
export {};
