// Who depends on a package, and how deep? Walked level by level: a level is one load, however many versions are on it.

import { asc, eq, has, joinedload, options, orderBy, select, where } from '@relata/core'
import type { Loaded } from '@relata/core'
import { all, load } from '@relata/session'
import type { Db } from '@relata/session'
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { Package, Version } from '../schema.js'

type Named = Loaded<typeof Version, 'package'>

export interface Dependents {
  /** Versions by how many steps they are away: the package's own first. */
  readonly levels: readonly (readonly Named[])[]
  /** Who needs a version directly. */
  readonly directly: ReadonlyMap<Named, readonly Named[]>
}

export const versionsOf = (name: string) => pipe(
  select(Version),
  where(has(Version.package, eq(Package.name, name))),
  orderBy(asc(Version.number)),
  options(joinedload(Version.package)),
)

/** Everything that needs a package, near or far. Circles end where they meet. */
export const dependentsOf = (name: string): Db<Dependents> => pipe(
  all(versionsOf(name)),
  RTE.chain((versions) => further({ levels: [versions], directly: new Map() }, new Set(versions))),
)

const further = (known: Dependents, met: ReadonlySet<Named>): Db<Dependents> => {
  const last = known.levels.at(-1) ?? []
  if (last.length === 0) return RTE.right({ ...known, levels: known.levels.slice(0, -1) })
  return pipe(
    last,
    load(Version.dependents, joinedload(Version.package)),
    RTE.chain((loaded) => {
      const directly = new Map([...known.directly, ...loaded.map((version) => [version, version.dependents] as const)])
      const next = new Set(loaded.flatMap((version) => version.dependents).filter((version) => !met.has(version)))
      return further({ levels: [...known.levels, [...next]], directly }, new Set([...met, ...next]))
    }),
  )
}
