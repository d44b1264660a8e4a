import * as E from 'fp-ts/lib/Either.js';
import type { Ordering } from '../expression/node.js';
import type { Secondary } from './argument/secondary.js';
import type { Declaration } from './declaration.js';
import type { EntityLayout, Layout } from './entity/layout.js';
import type { Condition } from './join/condition.js';
import type { ColumnRef } from './mapping.js';
import type { MappingError } from './mapping-error.js';
export interface Targeted extends Declaration {
    readonly targetEntity: EntityLayout;
    readonly secondary?: Secondary;
    readonly givenPrimaryjoin?: Condition;
    readonly givenSecondaryjoin?: Condition;
    readonly givenForeignKeys: readonly ColumnRef[];
    readonly givenRemoteSide: readonly ColumnRef[];
    readonly orderBy: readonly Ordering<Condition>[];
    readonly backPopulates?: string;
}
/** Fails with no errors where the target is an entity whose own errors are already known. */
export declare const resolveTarget: (layout: Layout) => (declaration: Declaration) => E.Either<readonly MappingError[], Targeted>;
