// What if? Changes are made, planned, flushed into the database, looked at, and rolled back: rows and objects.

import { count, eq, has, joinedload, options, select, selectinload, where } from '@relata/core'
import type { FlushPlan } from '@relata/core'
import { all, append, create, destroy, dryRun, flush, one, rollback, set } from '@relata/session'
import type { Db } from '@relata/session'
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { Dependency, Keyword, Licence, Package, Version } from '../schema.js'

export interface Snapshot {
  readonly versions: number
  readonly dependencies: number
  /** Of the object that was changed, as it is in memory. */
  readonly licence: string
  readonly keywords: readonly string[]
}

export interface WhatIf {
  readonly changed: string
  readonly plan: FlushPlan
  readonly before: Snapshot
  readonly flushed: Snapshot
  readonly after: Snapshot
}

const countVersions = pipe(one(select({ n: count(Version.id) })), RTE.map(({ n }) => n))
const countDependencies = pipe(one(select({ n: count(Dependency.dependentId) })), RTE.map(({ n }) => n))

const versionsOf = (name: string) => all(pipe(
  select(Version),
  where(has(Version.package, eq(Package.name, name))),
  options(joinedload(Version.package), joinedload(Version.licence), selectinload(Version.keywords)),
))

/** Drops one package with all that hangs on it, and gives another a new licence and a new keyword; then takes it all back. */
export const whatIf = (dropped: string, changed: string): Db<WhatIf> => pipe(
  RTE.Do,
  RTE.bind('victim', () => one(pipe(select(Package), where(eq(Package.name, dropped))))),
  RTE.bind('found', () => versionsOf(changed)),
  RTE.bind('look', ({ found }) => RTE.of(snapshot(found))),
  RTE.bind('before', ({ look }) => look),
  RTE.chainFirst(({ victim }) => destroy(victim)),
  RTE.chainFirst(({ found }) => {
    const [version] = found
    if (version !== undefined) {
      pipe(
        version,
        set(Version, { licence: create(Licence, { name: 'All rights reserved' }) }),
        append(Version.keywords, create(Keyword, { word: 'not for long' })),
      )
    }
    return RTE.of(undefined)
  }),
  RTE.bind('plan', () => dryRun),
  RTE.chainFirst(() => flush),
  RTE.bind('flushed', ({ look }) => look),
  RTE.chainFirst(() => rollback),
  // The objects show again what they had; the rows that were deleted are there.
  RTE.bind('after', ({ look }) => look),
  RTE.map(({ plan, before, flushed, after }) => ({ changed, plan, before, flushed, after })),
)

const snapshot = (found: readonly Changed[]): Db<Snapshot> => pipe(
  RTE.Do,
  RTE.bind('versions', () => countVersions),
  RTE.bind('dependencies', () => countDependencies),
  RTE.map(({ versions, dependencies }) => ({
    versions,
    dependencies,
    licence: found[0]?.licence?.name ?? 'none',
    keywords: (found[0]?.keywords ?? []).map(({ word }) => word),
  })),
)

type Changed = { readonly licence: { readonly name: string } | null; readonly keywords: readonly { readonly word: string }[] }
