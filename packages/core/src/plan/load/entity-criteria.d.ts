import type { PlanNode } from '../select-ast.js';
import type { Lowering } from './lowering.js';
import type { Planning } from './planning.js';
import type { EntitySource } from './source.js';
/** The conditions on a source, none for most. */
export declare const entityCriteria: (lowering: Lowering, source: EntitySource) => readonly PlanNode[];
/** Of a single-table subclass, only rows of its own kind and those below it are objects. */
export declare const singleTableCriterion: (planning: Planning, source: EntitySource) => readonly PlanNode[];
