import * as E from 'fp-ts/lib/Either.js';
import type { Layout } from './entity/layout.js';
import type { Declaration } from './declaration.js';
import type { Shortened } from './join/shortcuts.js';
import type { Linked } from './link/link-sides.js';
import type { MappingError, MappingWarning } from './mapping-error.js';
export interface ConfiguredRelationships {
    /** Those of backrefs right before the ones that declare them. */
    readonly relationships: readonly Linked[];
    readonly errors: readonly MappingError[];
    readonly warnings: readonly MappingWarning[];
}
/** What one relationship means by itself. */
export declare const configureRelationship: (layout: Layout) => (declaration: Declaration) => E.Either<readonly MappingError[], Shortened>;
/** All errors of all relationships, in the order of declaration. */
export declare const configureRelationships: (layout: Layout) => ConfiguredRelationships;
