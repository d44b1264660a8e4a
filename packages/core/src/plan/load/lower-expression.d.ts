import type { QueryNode } from '../../query/leaf.js';
import type { PlanNode } from '../select-ast.js';
import type { Lowering } from './lowering.js';
/** An expression of a query within a scope. */
export declare const lowerExpression: (lowering: Lowering, node: QueryNode) => PlanNode;
