import type { RegistryDescriptor } from '../../mapping/registry-descriptor.js';
import type { MappingError, MappingWarning } from '../mapping-error.js';
import type { Layout } from './layout.js';
export interface LaidOut {
    readonly layout: Layout;
    readonly errors: readonly MappingError[];
    readonly warnings: readonly MappingWarning[];
}
/** Lays out what a registry describes; entities with errors are left out and named in `broken`. */
export declare const layOut: (registry: RegistryDescriptor) => LaidOut;
