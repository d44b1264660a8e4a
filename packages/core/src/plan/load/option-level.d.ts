import type { MappedEntity, MappedRelationship, Mapping } from '../../configure/mapping.js';
import type { Lazy } from '../../mapping/relationship-descriptor.js';
import type { QueryNode, RelationshipRef } from '../../query/leaf.js';
import type { LoaderOption } from '../../query/loader-option.js';
/** How a relationship is to be loaded. */
export interface Strategy {
    readonly how: Lazy | 'contains';
    /** Said by an option of its own: cycles and depths do not stop it. */
    readonly explicit: boolean;
    readonly ref: Pick<RelationshipRef, 'ofType'>;
    readonly where?: QueryNode;
    readonly innerjoin: false | 'nested' | 'unnested';
    readonly recursionDepth?: number;
    readonly chunkSize: number;
    readonly alias?: string;
    /** Options of the level below, with those that hold everywhere. */
    readonly below: readonly LoaderOption[];
}
/** Parents that one statement of a selectin load asks for where nothing else is said. */
export declare const defaultChunk = 500;
/** What options and mapping say of a relationship; of two options the later wins, an option beats a wildcard, a wildcard the mapping. */
export declare const strategyOf: (mapping: Mapping, options: readonly LoaderOption[], relationship: MappedRelationship) => Strategy;
/** Options of the level below a relationship, from those of its own level. */
export declare const optionsBelow: (mapping: Mapping, options: readonly LoaderOption[], relationship: MappedRelationship) => readonly LoaderOption[];
/** Options that hold at every level: those of the whole query. */
export declare const everywhere: (options: readonly LoaderOption[]) => readonly LoaderOption[];
/** Refuses options that name nothing of the level: another root entity, or a step that does not follow from the one before. */
export declare const checkLevel: (mapping: Mapping, options: readonly LoaderOption[], entity: MappedEntity, sources: readonly string[] | undefined) => void;
export type ColumnWish = 'load' | 'defer' | 'raise';
/** Whether an attribute is read along: primary keys and discriminators always are. */
export declare const columnWish: (mapping: Mapping, options: readonly LoaderOption[], entity: MappedEntity, attribute: MappedEntity['attributes'][number]) => ColumnWish;
