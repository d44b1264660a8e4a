export type MappingErrorCode = 'argument' | 'invalid-request' | 'secondary' | 'other' | 'type' | 'no-foreign-keys' | 'ambiguous-foreign-keys' | 'no-relevant-foreign-keys' | 'no-direction' | 'no-local-remote-pairs' | 'delete-orphan-needs-single-parent' | 'viewonly-cascade' | 'unknown-cascade' | 'back-populates-mismatch' | 'back-populates-direction' | 'backref-name-taken';
export type MappingWarningCode = 'overlaps' | 'viewonly-sync' | 'delete-orphan' | 'remote-on-local' | 'self-referential-expression' | 'one-sided-back-populates' | 'noload-deprecated' | 'omit-join-unsupported' | 'cascade' | 'other';
/** Names what it is about, so that a tool can point there. */
export interface MappingDetail {
    readonly entity?: string;
    readonly attribute?: string;
    readonly tables?: readonly string[];
    readonly columns?: readonly string[];
    readonly others?: readonly string[];
}
export interface MappingError {
    readonly _tag: 'MappingError';
    readonly code: MappingErrorCode;
    readonly message: string;
    readonly detail: MappingDetail;
    /** What to type. */
    readonly hint: string;
}
export interface MappingWarning {
    readonly _tag: 'MappingWarning';
    readonly code: MappingWarningCode;
    readonly message: string;
    readonly detail: MappingDetail;
    readonly hint: string;
}
export declare const mappingError: (code: MappingErrorCode, message: string, detail: MappingDetail, hint: string) => MappingError;
export declare const mappingWarning: (code: MappingWarningCode, message: string, detail: MappingDetail, hint: string) => MappingWarning;
