import type { ColumnRef } from '../mapping.js';
import type { RemoteMarked } from './mark-remote.js';
export interface LocalMarked extends RemoteMarked {
    readonly localColumns: readonly ColumnRef[];
}
/** All columns of the parent's tables in the primaryjoin that are not remote, unless they are told apart already. */
export declare const markLocal: (relationship: RemoteMarked) => LocalMarked;
