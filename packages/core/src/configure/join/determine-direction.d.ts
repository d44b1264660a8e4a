import * as E from 'fp-ts/lib/Either.js';
import type { Direction } from '../mapping.js';
import type { MappingError } from '../mapping-error.js';
import type { Paired } from './pair-columns.js';
export interface Directed extends Paired {
    readonly direction: Direction;
    readonly uselist: boolean;
}
/** By the side on which the foreign columns are. */
export declare const determineDirection: (relationship: Paired) => E.Either<readonly MappingError[], Directed>;
