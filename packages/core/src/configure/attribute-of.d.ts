import type { ColumnRef, MappedEntity } from './mapping.js';
/**
 * The name of the attribute under which an entity has a column, or undefined where it does not map it. Columns of joined
 * tables that the inherit condition equates count as one.
 *
 * @example
 * attributeOf(mapping.entities.Address, { table: 'addresses', column: 'userId' }) // 'userId'
 */
export declare const attributeOf: (entity: MappedEntity, ref: ColumnRef) => string | undefined;
