import type { SelectDescriptor } from '../../query/select-descriptor.js';
import type { SelectAst } from '../select-ast.js';
import type { BaseSelect } from './base-select.js';
import type { Lowering } from './lowering.js';
export interface Opened {
    readonly lowering: Lowering;
    readonly base: BaseSelect;
}
/** Opens everything that a select reads from, and lowers its conditions. */
export declare const openSelect: (outside: Lowering, select: SelectDescriptor) => Opened;
/** A select inside another: no eager loading, its fields or its entity's columns by name. */
export declare const innerSelect: (outside: Lowering, select: SelectDescriptor) => SelectAst;
