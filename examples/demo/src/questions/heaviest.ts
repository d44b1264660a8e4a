// What takes the most room on this disk?

import { desc, isNotNull, joinedload, limit, options, orderBy, select, where } from '@relata/core'
import { all } from '@relata/session'
import { pipe } from 'fp-ts/lib/function.js'
import { Version } from '../schema.js'

/** The largest versions, with package and licence in the same statement. */
export const heaviestQuery = (most: number) => pipe(
  select(Version),
  where(isNotNull(Version.bytes)),
  orderBy(desc(Version.bytes)),
  limit(most),
  options(joinedload(Version.package), joinedload(Version.licence)),
)

export const heaviest = (most: number) => all(heaviestQuery(most))
