import type { Mapping } from '../../configure/mapping.js';
import type { LoaderOption } from '../../query/loader-option.js';
import type { QueryShape } from './query-shape.js';
export type CriteriaOption = Extract<LoaderOption, {
    readonly _tag: 'criteria';
}>;
export interface Planning {
    readonly mapping: Mapping;
    readonly shape: QueryShape;
    /** Criteria that hold wherever their entity occurs. */
    readonly criteria: readonly CriteriaOption[];
    /** A fresh alias after a table's name: `users_1`, `users_2`, … */
    readonly alias: (name: string) => string;
    /** A slot beyond the query's own: for keys that are known when the statement runs. */
    readonly slot: () => number;
}
/** Starts planning a query of this shape. */
export declare const startPlanning: (mapping: Mapping, shape: QueryShape, criteria: readonly CriteriaOption[]) => Planning;
