import type { MappedRelationship, Mapping } from '../../configure/mapping.js';
export interface EntityPath {
    /** Every entity on the way, this one last. */
    readonly entities: readonly string[];
    /** Names of the relationships that options are written along, from the root of the query. */
    readonly names: readonly string[];
    /** How many relationships were followed. */
    readonly depth: number;
}
export declare const rootPath: (entity: string) => EntityPath;
/** One relationship further. */
export declare const pathBelow: (path: EntityPath, relationship: MappedRelationship, target: string) => EntityPath;
/** Where a load for given parents starts: below the relationship, with options that start from its target. */
export declare const lazyPath: (relationship: MappedRelationship, target: string) => EntityPath;
/** Does mapped eager loading stop before this relationship: as deep as joinDepth says, else where its target is on the way already? */
export declare const stops: (mapping: Mapping, path: EntityPath, relationship: MappedRelationship) => boolean;
