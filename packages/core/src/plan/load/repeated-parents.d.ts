import type { MappedRelationship } from '../../configure/mapping.js';
import type { From } from '../select-ast.js';
import type { Hop, Reading } from './entity-read.js';
import type { EntitySource } from './source.js';
/** The parents as a source of rows: what their relationship joins from. */
export declare const parentsRepeated: (reading: Reading, hops: readonly Hop[], relationship: MappedRelationship) => {
    readonly from: From;
    readonly source: EntitySource;
};
