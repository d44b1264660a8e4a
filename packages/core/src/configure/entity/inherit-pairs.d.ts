import type { MappingNode } from '../../expression/node.js';
import type { ColumnRef } from '../mapping.js';
import type { MappingError } from '../mapping-error.js';
import type { ForeignKey } from './layout.js';
export interface InheritPairs {
    readonly pairs: readonly (readonly [ColumnRef, ColumnRef])[];
    readonly errors: readonly MappingError[];
}
/** By the condition given, else by the one foreign key between the two tables. */
export declare const findInheritPairs: (entity: string, own: string, parentTable: string, parentTables: ReadonlySet<string>, condition: MappingNode | undefined, foreignKeys: ReadonlyMap<string, readonly ForeignKey[]>) => InheritPairs;
