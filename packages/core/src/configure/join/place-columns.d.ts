import type { Ordering } from '../../expression/node.js';
import type { Secondary } from '../argument/secondary.js';
import type { EntityLayout } from '../entity/layout.js';
import type { JoinNode, SecondarySource } from '../mapping.js';
import type { Condition } from './condition.js';
export interface Sides {
    readonly entity: EntityLayout;
    readonly targetEntity: EntityLayout;
    readonly secondary?: Secondary;
}
/** The columns of a condition with their places. Both sides may be one table, so marks come before tables. */
export declare const placePrimary: (sides: Sides, condition: Condition) => JoinNode;
/** Between target and secondary; a table that is both is the target's. */
export declare const placeSecondary: (sides: Sides, condition: Condition) => JoinNode;
/** Orderings are of the target's columns, or the secondary's. */
export declare const placeOrder: (sides: Sides, orderBy: readonly Ordering<Condition>[]) => readonly Ordering<JoinNode>[];
export declare const placeSource: (secondary: Secondary) => SecondarySource;
