// What do we need most without having asked for it?

import { and, any, asc, count, desc, eq, groupBy, has, isNotNull, isNull, join, limit, not, orderBy, select, where } from '@relata/core'
import { all } from '@relata/session'
import { pipe } from 'fp-ts/lib/function.js'
import { Dependency, Package, Version } from '../schema.js'

/** Does a package of the workspace need it? An EXISTS within an EXISTS, written as it is said. */
const askedFor = any(Version.requiredBy, has(Dependency.dependent, isNotNull(Version.folder)))

/** Rows, not objects: versions that only other packages brought, by how many they are. */
export const unasked = (most: number) => all(pipe(
  select({ name: Package.name, number: Version.number, dependents: count(Dependency.dependentId) }),
  join(Version.package),
  join(Version.requiredBy),
  where(and(isNull(Version.folder), not(askedFor), eq(Dependency.kind, 'production'))),
  groupBy(Version.id, Package.name, Version.number),
  orderBy(desc(count(Dependency.dependentId)), asc(Package.name)),
  limit(most),
))
