import type { Ordering } from '../../expression/node.js';
import type { From, PlanNode, SelectAst, SelectColumn } from '../select-ast.js';
import type { Planning } from './planning.js';
export interface BaseSelect {
    /** Separated by commas; eager joins go onto the one at `root`. */
    readonly from: readonly From[];
    readonly root: number;
    readonly where?: PlanNode;
    readonly groupBy: readonly PlanNode[];
    readonly having?: PlanNode;
    readonly orderBy: readonly Ordering<PlanNode>[];
    readonly limit?: PlanNode;
    readonly offset?: PlanNode;
    readonly distinct: boolean;
    readonly lock?: NonNullable<SelectAst['lock']>;
    readonly ctes: SelectAst['ctes'];
    readonly setOperations: SelectAst['setOperations'];
}
/** A join that eager loading adds. Inner joins below an outer one stand inside its right side, so that no parent is lost. */
export interface EagerJoin {
    readonly kind: 'inner' | 'left';
    readonly nested: boolean;
    readonly from: From;
    readonly on: PlanNode;
    readonly children: readonly EagerJoin[];
}
export interface EagerPart {
    readonly joins: readonly EagerJoin[];
    readonly orderBy: readonly Ordering<PlanNode>[];
    /** Is a collection among what the rows bring? Then a row is not a parent. */
    readonly multiRow: boolean;
}
/** A select of these columns and nothing else said. */
export declare const plainBase: (from: readonly From[], root: number, where: PlanNode | undefined, orderBy?: readonly Ordering<PlanNode>[]) => BaseSelect;
/** Does the select say how many rows it wants, so that joined collections must stay outside of it? */
export declare const limitsRows: (base: BaseSelect) => boolean;
/** The select with its columns. */
export declare const selectAst: (base: BaseSelect, columns: readonly SelectColumn[]) => SelectAst;
/** The select with its columns and eager joins; with collections over limited rows it becomes a subquery that they join to. */
export declare const withEager: (planning: Planning, base: BaseSelect, columns: readonly SelectColumn[], eager: EagerPart) => SelectAst;
/** Every alias that a source of rows gives. */
export declare const aliasesOf: (from: From) => readonly string[];
