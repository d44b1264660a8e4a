import type { EntityDescriptor } from '../../mapping/entity-descriptor.js';
import type { MappingError } from '../mapping-error.js';
export interface Descent {
    readonly name: string;
    readonly descriptor: EntityDescriptor;
    readonly order: number;
    readonly parent?: string;
    readonly kind: 'none' | 'single' | 'joined' | 'concrete';
}
export interface Lineage {
    /** Parents before their children, otherwise in the order of declaration. */
    readonly descents: readonly Descent[];
    readonly children: ReadonlyMap<string, readonly string[]>;
    readonly broken: ReadonlySet<string>;
    readonly errors: readonly MappingError[];
}
/** Orders the entities of a registry by descent; `broken` are entities known to have errors already. */
export declare const traceLineage: (entities: readonly (readonly [string, EntityDescriptor])[], broken: ReadonlySet<string>) => Lineage;
