import type { Layout } from '../entity/layout.js';
import type { ColumnRef } from '../mapping.js';
import type { Condition, ConditionColumn } from './condition.js';
import type { Joined } from './find-join.js';
export interface ForeignMarked extends Joined {
    readonly foreignColumns: readonly ColumnRef[];
}
/** By foreign() marks; else those of `foreignKeys`; else by declared foreign keys and, with a secondary, its columns. */
export declare const markForeign: (layout: Layout) => (relationship: Joined) => ForeignMarked;
/** The columns of both conditions that a test picks, each once. */
export declare const markedColumns: (joins: {
    readonly primaryjoin: Condition;
    readonly secondaryjoin?: Condition;
}, test: (column: ConditionColumn) => boolean) => readonly ColumnRef[];
