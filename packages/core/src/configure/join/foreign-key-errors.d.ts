import type { Layout } from '../entity/layout.js';
import type { ColumnRef } from '../mapping.js';
import type { MappingError } from '../mapping-error.js';
import type { Targeted } from '../resolve-target.js';
/** A foreign key between two sides, as pairs of columns. */
export type Path = readonly (readonly [referred: ColumnRef, referring: ColumnRef])[];
/** `chosen`: there is a key, but `foreignKeys` names none of its columns. */
export declare const noForeignKeys: (relationship: Targeted, own: string, others: readonly string[], chosen: boolean) => MappingError;
export declare const ambiguousForeignKeys: (layout: Layout, relationship: Targeted, paths: readonly Path[]) => MappingError;
