import * as E from 'fp-ts/lib/Either.js';
import type { BackrefDescriptor, CollectionClass, Lazy } from '../../mapping/relationship-descriptor.js';
import type { Cascade } from '../mapping.js';
import type { MappingDetail, MappingError, MappingWarning } from '../mapping-error.js';
export interface Settings {
    readonly uselist?: boolean;
    readonly collectionClass: CollectionClass;
    readonly backref?: BackrefDescriptor;
    readonly overlaps: ReadonlySet<string>;
    readonly postUpdate: boolean;
    readonly cascade: Cascade;
    readonly viewonly: boolean;
    readonly lazy: Lazy;
    readonly passiveDeletes: boolean | 'all';
    readonly passiveUpdates: boolean;
    readonly activeHistory: boolean;
    readonly enableTypechecks: boolean;
    readonly joinDepth?: number;
    readonly comparatorFactory?: unknown;
    readonly singleParent: boolean;
    readonly innerjoin: false | 'nested' | 'unnested';
    readonly distinctTargetKey?: boolean;
    readonly loadOnPending: boolean;
    readonly queryClass?: unknown;
    readonly info: Readonly<Record<string, unknown>>;
    readonly doc?: string;
    readonly omitJoin?: boolean;
    readonly syncBackref?: boolean;
    readonly init?: boolean;
    readonly repr?: boolean;
    readonly default?: null;
    readonly defaultFactory?: () => unknown;
    readonly compare?: boolean;
    readonly kwOnly?: boolean;
}
export interface ReadSettings {
    readonly settings: Settings;
    readonly warnings: readonly MappingWarning[];
}
/** Reads the settings of `owner` ('User.addresses'), with an error for each that cannot be. */
export declare const readSettings: (owner: string, detail: MappingDetail, given: unknown) => E.Either<readonly MappingError[], ReadSettings>;
