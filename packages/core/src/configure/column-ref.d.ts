import type { ColumnRef } from './mapping.js';
/** The same text for the same column and for no other, whatever characters names have. */
export declare const columnKey: (ref: ColumnRef) => string;
export declare const columnText: (ref: ColumnRef) => string;
export declare const columnRef: ({ table, column }: ColumnRef) => ColumnRef;
export declare const sameColumn: (a: ColumnRef, b: ColumnRef) => boolean;
/** Each column once, in the order in which it first occurs. */
export declare const distinctColumns: (refs: readonly ColumnRef[]) => readonly ColumnRef[];
