import type { JoinNode, LazyClause } from '../mapping.js';
import type { Directed } from './determine-direction.js';
export interface Lazied extends Directed {
    readonly placedPrimaryjoin: JoinNode;
    readonly placedSecondaryjoin?: JoinNode;
    /** Finds the targets of a known parent. */
    readonly lazyClause: LazyClause;
    /** Finds the parents of a known target. */
    readonly reverseLazyClause: LazyClause;
}
/** Replaces the local columns by parameters, and for the reverse clause the remote ones. */
export declare const makeLazyClauses: (relationship: Directed) => Lazied;
