import type { Layout } from '../entity/layout.js';
import type { MappingError } from '../mapping-error.js';
import type { Shortened } from '../join/shortcuts.js';
export interface Linked extends Shortened {
    /** Keys of the other sides. */
    readonly reverse: readonly string[];
    /** Those that a change of this one is mirrored to in memory. */
    readonly mirrored: readonly string[];
}
export interface LinkedSides {
    readonly relationships: readonly Linked[];
    readonly errors: readonly (readonly [key: string, error: MappingError])[];
}
/** `failed` are keys of relationships with errors of their own: nothing is said of links to them. */
export declare const linkSides: (layout: Layout, relationships: readonly Shortened[], failed: ReadonlySet<string>) => LinkedSides;
