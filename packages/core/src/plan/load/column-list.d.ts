import type { PlanNode, SelectColumn } from '../select-ast.js';
export interface ColumnList {
    readonly columns: SelectColumn[];
    /** The offset of a column in the rows. */
    readonly add: (expr: PlanNode, name?: string) => number;
}
export declare const columnList: () => ColumnList;
