// Relata's plans without Relata's session: joins and loads rendered and run by Kysely.

import { PGlite } from '@electric-sql/pglite'
import { configure, explainJoin, planJoin, planLoad } from '@relata/core'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Kysely } from 'kysely'
import { fill } from './fill.js'
import { pgliteDialect } from './kysely/pglite-dialect.js'
import { column } from './kysely/render-expression.js'
import type { Tables } from './kysely/render-select.js'
import { runLoad } from './load/run-load.js'
import { magicians } from './queries.js'
import { renderJoin } from './render-join.js'
import { library } from './schema.js'

/** A program that cannot go on says why. */
const orStop = <E, A>(result: E.Either<E, A>): A => pipe(result, E.getOrElseW((error): never => { throw new Error(JSON.stringify(error, null, 2)) }))

const mapping = orStop(configure(library))
const database = await PGlite.create()
const db = new Kysely<Tables>({
  dialect: pgliteDialect(database),
  log: ({ level, query }) => {
    if (level === 'query' && query.sql.startsWith('select')) console.log(`  ${query.sql}  ${JSON.stringify(query.parameters)}`)
  },
})
try {
  await fill(db)

  const join = orStop(planJoin(mapping, 'Book.subjects', { parent: 'b', target: 's' }))
  console.log(explainJoin(join))
  console.log('\nas Kysely sends it, with a condition of its own:')
  console.table(await renderJoin(db, join, { title: ['b', 'title'], subject: ['s', 'word'] }).where(column('b', 'year'), '<', 1970).execute())

  console.log('authors of magic, with books and subjects:')
  const found = await runLoad(db, mapping, orStop(planLoad(mapping, magicians)))
  console.log(JSON.stringify(found, null, 2))
} finally {
  await db.destroy()
  await database.close()
}
