// What the example shows: a join that Kysely goes on with, and a load in three statements.

import { configure, explain, planJoin, planLoad } from '@relata/core'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Kysely } from 'kysely'
import { column } from './kysely/render-expression.js'
import type { Row, Tables } from './kysely/render-select.js'
import { runLoad } from './load/run-load.js'
import { magicians } from './queries.js'
import { renderJoin } from './render-join.js'
import { library } from './schema.js'

/** A program that cannot go on says why. */
const orStop = <E, A>(result: E.Either<E, A>): A => pipe(result, E.getOrElseW((error): never => { throw new Error(JSON.stringify(error, null, 2)) }))

export interface Printing {
  readonly line: (text: string) => void
  readonly rows: (rows: readonly Row[]) => void
}

/** Plans, renders and runs on a database that has the example's tables. */
export const demonstrate = async (db: Kysely<Tables>, { line, rows }: Printing): Promise<void> => {
  const mapping = orStop(configure(library))

  const join = orStop(planJoin(mapping, 'Book.subjects', { parent: 'b', target: 's' }))
  line(explain(join))
  line('\nby Kysely, with a condition of its own:')
  rows(await renderJoin(db, join, { title: ['b', 'title'], subject: ['s', 'word'] }).where(column('b', 'year'), '<', 1970).execute())

  const planned = orStop(planLoad(mapping, magicians))
  line(explain(planned.plan))
  line('\nauthors of magic, with books and subjects:')
  line(JSON.stringify(await runLoad(db, mapping, planned), null, 2))
}
