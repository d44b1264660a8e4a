import type { Layout } from './entity/layout.js';
import type { MappedEntity } from './mapping.js';
import type { Linked } from './link/link-sides.js';
/** In the order of declaration. */
export declare const assemble: (layout: Layout, relationships: readonly Linked[]) => Readonly<Record<string, MappedEntity>>;
