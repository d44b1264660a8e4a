import * as E from 'fp-ts/lib/Either.js';
import type { Layout } from '../entity/layout.js';
import type { ColumnRef } from '../mapping.js';
import type { Condition } from '../join/condition.js';
/** What is wrong, and what to type: the caller knows whose argument it is. */
export interface Fault {
    readonly message: string;
    readonly hint: string;
}
/** Tables by the names that expressions use: those of the registry, and aliases made for a `secondary`. */
export type TableNames = (name: string) => Readonly<Record<string, unknown>> | undefined;
/** An expression given by a program that may not have been type-checked. */
export declare const readCondition: (layout: Layout, tables: TableNames, given: unknown) => E.Either<Fault, Condition>;
/** A column named as 'table.property' or 'Entity.attribute', or given as an expression. */
export declare const readColumn: (layout: Layout, tables: TableNames, given: unknown) => E.Either<Fault, ColumnRef>;
