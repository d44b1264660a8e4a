export type QueryErrorCode = 'argument' | 'invalid-request' | 'type' | 'not-supported';
export interface QueryError {
    readonly _tag: 'QueryError';
    readonly code: QueryErrorCode;
    readonly message: string;
    /** What to write instead. */
    readonly hint: string;
}
/** How an error leaves the passes of a plan; `planLoad` turns it into a value again. */
export declare class QueryRefusal extends Error {
    readonly error: QueryError;
    constructor(error: QueryError);
}
/** Leaves planning with an error. */
export declare const refuse: (code: QueryErrorCode, message: string, hint: string) => never;
