import * as E from 'fp-ts/lib/Either.js';
import type { Layout } from '../entity/layout.js';
import type { Condition } from '../join/condition.js';
import type { Fault } from './read-condition.js';
export type Secondary = {
    readonly _tag: 'table';
    readonly table: string;
    readonly alias: string;
} | {
    readonly _tag: 'join';
    readonly left: Secondary;
    readonly right: Secondary;
    readonly on: Condition;
    readonly outer: boolean;
};
/** Resolves what was given as `secondary`; names are looked up among the tables of the registry. */
export declare const readSecondary: (layout: Layout, given: unknown) => E.Either<Fault, Secondary>;
/** The tables of a secondary with the names that they bear in it. */
export declare const sourcesOf: (secondary: Secondary) => readonly {
    readonly table: string;
    readonly alias: string;
}[];
/** The columns of the part of a secondary that bears a name. */
export declare const sourceColumns: (layout: Layout, secondary: Secondary | undefined, name: string) => Readonly<Record<string, unknown>> | undefined;
