import * as E from 'fp-ts/lib/Either.js';
/** The value of an argument, or what its function threw. */
export declare const evaluate: (given: unknown) => E.Either<string, unknown>;
