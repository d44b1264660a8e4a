import type { Mapping } from '../../configure/mapping.js';
import type { SlotValue } from './load-plan.js';
export interface QueryShape {
    /** Equal texts, equal plans. */
    readonly key: string;
    readonly values: readonly SlotValue[];
    /** The first slot of each literal, list, comparison with an object, and limit or offset (by the descriptor that has it). */
    readonly slots: ReadonlyMap<object, number>;
    readonly limits: ReadonlyMap<object, {
        readonly limit?: number;
        readonly offset?: number;
    }>;
}
/** Takes the values out of a query, of options, or of anything else that is made of descriptors. */
export declare const shapeOf: (mapping: Mapping, query: unknown) => QueryShape;
