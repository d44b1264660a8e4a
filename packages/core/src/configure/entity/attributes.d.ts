import type { EntityDescriptor } from '../../mapping/entity-descriptor.js';
import type { MappedAttribute } from '../mapping.js';
import type { MappingError } from '../mapping-error.js';
export interface Attributes {
    readonly attributes: readonly MappedAttribute[];
    readonly errors: readonly MappingError[];
}
/** `inherited` are the attributes of the entity above, in slot order; none for a concrete one. */
export declare const layAttributes: (entity: string, descriptor: EntityDescriptor, inherited: readonly MappedAttribute[]) => Attributes;
