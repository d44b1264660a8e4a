import type { TableDescriptor } from '../../schema/table-descriptor.js';
import type { EntityDescriptor } from '../../mapping/entity-descriptor.js';
import type { MappingError, MappingWarning } from '../mapping-error.js';
import type { ForeignKey } from './layout.js';
export interface Tables {
    readonly tables: Readonly<Record<string, TableDescriptor>>;
    readonly foreignKeys: ReadonlyMap<string, readonly ForeignKey[]>;
    readonly errors: readonly MappingError[];
    readonly warnings: readonly MappingWarning[];
}
/** The tables of entities, those that a registry lists beside them, and those given as `secondary`. */
export declare const collectTables: (entities: readonly (readonly [string, EntityDescriptor])[], others: readonly TableDescriptor[]) => Tables;
/** The tables in what was given as `secondary`: itself, the one it is an alias of, those of a join. */
export declare const secondaryTables: (secondary: unknown) => readonly TableDescriptor[];
