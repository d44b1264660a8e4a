import type { QueryNode } from '../../query/leaf.js';
import type { SelectDescriptor } from '../../query/select-descriptor.js';
import type { PlanNode, SelectAst } from '../select-ast.js';
import type { Planning } from './planning.js';
import type { Scope, Source } from './source.js';
export interface Lowering {
    readonly planning: Planning;
    readonly scope: Scope;
    readonly expression: (lowering: Lowering, node: QueryNode) => PlanNode;
    readonly inner: (lowering: Lowering, select: SelectDescriptor) => SelectAst;
}
/** The same within which some names mean something else. */
export declare const lowerWithin: (lowering: Lowering, names: readonly (readonly [string, Source])[], node: QueryNode) => PlanNode;
