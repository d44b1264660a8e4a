import type { EntityPath } from './entity-path.js';
import type { Hop, Reading } from './entity-read.js';
import type { RelatedLoad } from './load-plan.js';
import type { Lowering } from './lowering.js';
type Form = 'list' | 'binds' | 'repeated';
/** Plans how a relationship is loaded for the parents of a statement. */
export declare const relatedLoad: (reading: Reading, form: Form, hops: readonly Hop[], hop: Hop, path: EntityPath) => RelatedLoad;
interface Load {
    readonly lowering: Lowering;
    readonly hop: Hop;
    readonly path: EntityPath;
    /** Loads planned below the statement that this one stands in for: they are the same, and planning them anew would double at every level. */
    readonly below?: readonly RelatedLoad[];
}
/** One statement for many parents. */
export declare const loadByList: (load: Load) => RelatedLoad;
/** One statement for one parent: its values are bound, and nothing tells rows of parents apart. */
export declare const loadByBinds: (load: Load) => RelatedLoad;
export {};
