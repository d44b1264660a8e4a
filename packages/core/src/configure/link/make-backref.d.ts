import * as E from 'fp-ts/lib/Either.js';
import type { Declaration } from '../declaration.js';
import type { Shortened } from '../join/shortcuts.js';
import type { MappingError, MappingWarning } from '../mapping-error.js';
export interface Backref {
    readonly declaration: Declaration;
    readonly warnings: readonly MappingWarning[];
}
/** What the other side takes over unless the backref's options say otherwise: viewonly, postUpdate, passiveUpdates, syncBackref, joins and foreign keys. */
export declare const makeBackref: (relationship: Shortened) => E.Either<readonly MappingError[], Backref> | undefined;
