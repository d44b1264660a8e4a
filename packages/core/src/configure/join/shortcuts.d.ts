import type { Layout } from '../entity/layout.js';
import type { ColumnRef } from '../mapping.js';
import type { Lazied } from './lazy-clause.js';
export interface Shortened extends Lazied {
    readonly useGet: boolean;
    /** The parent's columns that hold the target's key, in the key's order. */
    readonly useGetColumns: readonly ColumnRef[];
    readonly omitJoin: boolean;
    readonly selfReferential: boolean;
}
export declare const findShortcuts: (layout: Layout) => (relationship: Lazied) => Shortened;
