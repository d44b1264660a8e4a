import * as E from 'fp-ts/lib/Either.js';
import type { Cascade } from '../mapping.js';
export declare const cascadeWords: readonly string[];
/** The set that words stand for; the words that are none. Not given, it is save-update and merge. */
export declare const readCascade: (given: unknown) => E.Either<readonly string[], Cascade>;
/** What is left of a set where nothing is written. */
export declare const readOnlyCascade: (cascade: Cascade) => Cascade;
