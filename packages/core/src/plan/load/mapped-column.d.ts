import type { ColumnRef, MappedAttribute, MappedEntity, MappedRelationship, Mapping } from '../../configure/mapping.js';
/** The attribute that a column is mapped to, directly or because joined tables share it. */
export declare const attributeOfColumn: (entity: MappedEntity, { table, column }: ColumnRef) => MappedAttribute | undefined;
/** An entity by name; a name that the mapping does not have is refused. */
export declare const entityNamed: (mapping: Mapping, name: string) => MappedEntity;
/** A relationship by entity and name. */
export declare const relationshipNamed: (mapping: Mapping, entity: string, name: string) => MappedRelationship;
/** Is the first entity the second, or below it? */
export declare const isA: (mapping: Mapping, entity: string, of: string) => boolean;
