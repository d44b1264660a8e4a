import type { Either } from 'fp-ts/lib/Either.js';
import type { Mapping, MappedRelationship } from '../../configure/mapping.js';
import type { QueryNode } from '../../query/leaf.js';
import type { LoaderOption } from '../../query/loader-option.js';
import type { SelectDescriptor } from '../../query/select-descriptor.js';
import type { LoadPlan, RelatedLoad, SlotValue } from './load-plan.js';
import type { QueryError } from './query-error.js';
import type { QueryShape } from './query-shape.js';
export interface Planned<P> {
    readonly plan: P;
    readonly values: readonly SlotValue[];
}
/**
 * Plans a query: which statements it takes and how their rows become objects, with the values that fill its slots. The plan is
 * the same for every query of one shape. Left where the query means nothing to the mapping.
 *
 * @example
 * pipe(planLoad(mapping, select(User).descriptor), E.map(({ plan }) => JSON.stringify(plan)))
 */
export declare const planLoad: (mapping: Mapping, select: SelectDescriptor) => Either<QueryError, Planned<LoadPlan>>;
/** The same for a query whose shape is known. */
export declare const planShape: (mapping: Mapping, select: SelectDescriptor, shape: QueryShape) => Either<QueryError, Planned<LoadPlan>>;
/** What is asked of a relationship of parents that are objects already; options start from its target. */
export interface RelatedRequest {
    readonly count: 'one' | 'many';
    readonly options: readonly LoaderOption[];
    readonly where?: QueryNode;
    readonly ofType?: {
        readonly entity: string;
        readonly source: string;
    };
}
/** Plans the statement that loads a relationship: for one parent by bound values, for many by a list of keys. */
export declare const planRelated: (mapping: Mapping, relationship: MappedRelationship, request: RelatedRequest) => Either<QueryError, Planned<RelatedLoad>>;
/** A row by its primary key: for `get`, for a refresh, and for columns that are not loaded yet. */
export interface KeyRequest {
    readonly entity: string;
    readonly options: readonly LoaderOption[];
    /** One object is read again: selectin and subquery become loads for it alone, and criteria of options do not hold. */
    readonly refresh: boolean;
    /** Only these attributes, and no relationship. */
    readonly attributes?: readonly string[];
    /** Several rows at once, by a list of keys. */
    readonly many?: boolean;
}
/** A plan and the slots that its key fills: one a column, or one list. */
export interface KeyPlan {
    readonly plan: LoadPlan;
    readonly slots: readonly number[];
    readonly list: boolean;
}
/** Plans the statement that reads rows of an entity by primary key. */
export declare const planKey: (mapping: Mapping, request: KeyRequest) => Either<QueryError, Planned<KeyPlan>>;
