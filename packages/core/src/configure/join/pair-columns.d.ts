import * as E from 'fp-ts/lib/Either.js';
import type { ColumnPair, ColumnRef } from '../mapping.js';
import type { MappingError } from '../mapping-error.js';
import type { LocalMarked } from './mark-local.js';
export interface Paired extends LocalMarked {
    readonly localRemotePairs: readonly (readonly [ColumnRef, ColumnRef])[];
    readonly synchronizePairs: readonly ColumnPair[];
    readonly secondarySynchronizePairs: readonly ColumnPair[];
}
/** Fails where a condition that is to be written by has no column to write. */
export declare const pairColumns: (relationship: LocalMarked) => E.Either<readonly MappingError[], Paired>;
