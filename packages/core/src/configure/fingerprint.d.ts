import type { MappedEntity } from './mapping.js';
import type { TableDescriptor } from '../schema/table-descriptor.js';
/** The same for the same tables, entities and relationships, whenever and wherever it is computed. */
export declare const fingerprintOf: (tables: Readonly<Record<string, TableDescriptor>>, entities: Readonly<Record<string, MappedEntity>>) => string;
