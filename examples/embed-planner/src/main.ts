// Relata's plans without Relata's session: joins and loads rendered and run by Kysely.

import { PGlite } from '@electric-sql/pglite'
import { Kysely } from 'kysely'
import { demonstrate } from './demonstrate.js'
import { fill } from './fill.js'
import { pgliteDialect } from './kysely/pglite-dialect.js'
import type { Tables } from './kysely/render-select.js'

const database = await PGlite.create()
const db = new Kysely<Tables>({
  dialect: pgliteDialect(database),
  log: ({ level, query }) => {
    if (level === 'query' && query.sql.startsWith('select')) console.log(`  ${query.sql}  ${JSON.stringify(query.parameters)}`)
  },
})
try {
  await fill(db)
  await demonstrate(db, { line: (text) => console.log(text), rows: (found) => console.table(found) })
} finally {
  await db.destroy()
  await database.close()
}
