import * as E from 'fp-ts/lib/Either.js';
import type { MappingError } from '../mapping-error.js';
import type { Shortened } from '../join/shortcuts.js';
export declare const checkCascades: (relationship: Shortened) => E.Either<readonly MappingError[], Shortened>;
