import type { EntityDescriptor } from '../../mapping/entity-descriptor.js';
import type { RegistryDescriptor } from '../../mapping/registry-descriptor.js';
import type { TableDescriptor } from '../../schema/table-descriptor.js';
import type { MappingError } from '../mapping-error.js';
export interface ReadRegistry {
    /** By name, in the order of declaration. */
    readonly entities: readonly (readonly [string, EntityDescriptor])[];
    readonly broken: ReadonlySet<string>;
    readonly errors: readonly MappingError[];
}
/** Separates the entities that can be worked with from those that cannot, with an error for each of the latter. */
export declare const readRegistry: (registry: RegistryDescriptor) => ReadRegistry;
/** What is wrong with a table, as sentences. */
export declare const tableFaults: (table: unknown) => readonly string[];
export declare const isTable: (table: unknown) => table is TableDescriptor;
export declare const isObject: (value: unknown) => value is Readonly<Record<string, unknown>>;
