import type { MappingWarning } from '../mapping-error.js';
import type { Linked } from './link-sides.js';
/** A warning for each column that a relationship writes in conflict with earlier ones. */
export declare const findOverlaps: (relationships: readonly Linked[]) => readonly MappingWarning[];
