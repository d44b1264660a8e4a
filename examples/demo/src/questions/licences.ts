// Under which licences is all this, and who made most of it?

import { asc, count, desc, groupBy, join, limit, orderBy, select, sum } from '@relata/core'
import { all } from '@relata/session'
import { pipe } from 'fp-ts/lib/function.js'
import { Licence, Maintainer, Version } from '../schema.js'

export const licences = all(pipe(
  select({ licence: Licence.name, versions: count(Version.id), bytes: sum(Version.bytes) }),
  join(Licence.versions),
  groupBy(Licence.name),
  orderBy(desc(count(Version.id)), asc(Licence.name)),
))

export const makers = (most: number) => all(pipe(
  select({ name: Maintainer.name, versions: count(Version.id) }),
  join(Maintainer.versions),
  groupBy(Maintainer.name),
  orderBy(desc(count(Version.id)), asc(Maintainer.name)),
  limit(most),
))
