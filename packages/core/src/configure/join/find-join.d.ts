import * as E from 'fp-ts/lib/Either.js';
import type { Layout } from '../entity/layout.js';
import type { ColumnRef } from '../mapping.js';
import type { MappingError } from '../mapping-error.js';
import type { Targeted } from '../resolve-target.js';
import type { Condition } from './condition.js';
import type { Path } from './foreign-key-errors.js';
export interface Joined extends Targeted {
    readonly primaryjoin: Condition;
    readonly secondaryjoin?: Condition;
    /** Which marks the program itself put into the primaryjoin: a pass leaves a kind alone that is there already. */
    readonly marksGiven: {
        readonly foreign: boolean;
        readonly remote: boolean;
        readonly local: boolean;
    };
}
/** Never guesses: no path and more than one are errors. */
export declare const findJoin: (layout: Layout) => (relationship: Targeted) => E.Either<readonly MappingError[], Joined>;
interface NamedTable {
    readonly table: string;
    readonly alias: string;
}
/** All tables of a side, and those to try first. */
interface Side {
    readonly tables: readonly NamedTable[];
    readonly own: readonly NamedTable[];
}
/** The one path of foreign keys between two sides; else all that there are. */
export declare const joinByForeignKeys: (layout: Layout, a: Side, b: readonly NamedTable[], among: readonly ColumnRef[]) => E.Either<readonly Path[], Condition>;
export {};
