import type { ColumnRef } from '../mapping.js';
import type { MappingWarning } from '../mapping-error.js';
import type { ForeignMarked } from './mark-foreign.js';
export interface RemoteMarked extends ForeignMarked {
    readonly remoteColumns: readonly ColumnRef[];
    readonly warnings: readonly MappingWarning[];
}
/** By remote() marks; else the secondary's columns; else `remoteSide`; else by the tables of the two sides. */
export declare const markRemote: (relationship: ForeignMarked) => RemoteMarked;
