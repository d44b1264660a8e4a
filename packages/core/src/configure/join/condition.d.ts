import type { Literal, Node, Null, Operation } from '../../expression/node.js';
import type { ColumnRef } from '../mapping.js';
export interface ConditionColumn {
    readonly _tag: 'column';
    readonly table: string;
    readonly column: string;
    readonly foreign: boolean;
    readonly remote: boolean;
    readonly local: boolean;
}
export type ConditionLeaf = ConditionColumn | Literal | Null;
export type Condition = Node<ConditionLeaf>;
type Marks = Pick<ConditionColumn, 'foreign' | 'remote' | 'local'>;
export declare const conditionColumn: (ref: ColumnRef, marks?: Partial<Marks>) => ConditionColumn;
export declare const isColumn: (node: Condition) => node is ConditionColumn;
export declare const columnsOf: (condition: Condition) => readonly ConditionColumn[];
/** The same condition with other marks on its columns. */
export declare const mapColumns: (condition: Condition, f: (column: ConditionColumn) => ConditionColumn) => Condition;
export declare const someColumn: (condition: Condition | undefined, test: (column: ConditionColumn) => boolean) => boolean;
/** Does the operation have operands of which some is no plain column? A test for null and membership count too. */
export declare const isCompound: (node: Condition) => boolean;
/** The same condition with the operands of every infix operation between two plain columns replaced. */
export declare const mapColumnPairs: (condition: Condition, f: (left: ConditionColumn, right: ConditionColumn) => readonly [ConditionColumn, ConditionColumn]) => Condition;
/** Every operation of a condition, outer ones first. */
export declare const operationsOf: (condition: Condition) => readonly Operation<ConditionLeaf>[];
/** Pairs of columns that a comparison sets against each other: each of its left side with each of its right. */
export interface ComparedColumns {
    readonly equality: boolean;
    readonly left: ConditionColumn;
    readonly right: ConditionColumn;
}
export declare const comparedColumns: (condition: Condition) => readonly ComparedColumns[];
export {};
