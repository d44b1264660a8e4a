// A library of shelves and books on every database that answers: the two embedded ones always, the servers where there are any.

import { column, entities, entity, integer, registry, relationship, table, text, timestamp, type Model } from '@relata/core'
import { closeAdapter, open, type Db } from '@relata/session/plain'
import { mysql } from '@relata/adapters/mysql'
import { pglite } from '@relata/adapters/pglite'
import { postgres } from '@relata/adapters/postgres'
import { sqlite } from '@relata/adapters/sqlite'
import type { Adapter } from '@relata/sql/driver'
import { create, createAll, dropAll, type RunOptions } from '@relata/session'

const shelves = table('stream_shelves', { id: column(integer, { primaryKey: true }), name: column(text), floor: column(integer, { nullable: true }), built: column(timestamp, { nullable: true }) })
const books = table('stream_books', { id: column(integer, { primaryKey: true }), title: column(text), shelfId: column(integer, { name: 'shelf_id', references: 'stream_shelves.id' }) })
const libraryEntities = entities({
  Shelf: entity(shelves, { books: relationship('Book', { backPopulates: 'shelf', cascade: 'all, delete-orphan', orderBy: books.c.id }) }),
  Book: entity(books, { shelf: relationship('Shelf', { backPopulates: 'books' }) }),
})
export interface Library extends Model<typeof libraryEntities> {}
export const library = registry<Library>(libraryEntities)
export const { Shelf, Book } = library.entities

const servers = {
  postgres: () => postgres({ url: process.env['RELATA_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test' }),
  mysql: () => mysql({ url: process.env['RELATA_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306/test' }),
}

/** Does a server answer? */
const answers = async (adapter: Adapter): Promise<boolean> => {
  try {
    const driver = await adapter.connect()
    try {
      await driver.release(await driver.acquire({ deadline: Date.now() + 2000 }))
      return true
    } finally {
      await driver.close()
    }
  } catch {
    return false
  }
}

export const databases: readonly { readonly name: 'sqlite' | 'pglite' | 'postgres' | 'mysql'; readonly make: () => Adapter; readonly there: boolean }[] = [
  { name: 'sqlite', make: () => sqlite(), there: true },
  { name: 'pglite', make: () => pglite(), there: true },
  { name: 'postgres', make: servers.postgres, there: await answers(servers.postgres()) },
  { name: 'mysql', make: servers.mysql, there: await answers(servers.mysql()) },
]

/** Ten shelves of three books each; every third shelf has no floor. */
export const filled = async (adapter: Adapter): Promise<void> => {
  const db = await open(library, adapter)
  await db.run(dropAll(library))
  await db.run(createAll(library))
  for (let n = 1; n <= 10; n++) {
    db.add(create(Shelf, {
      id: n, name: n % 2 === 0 ? 'even' : 'odd', floor: n % 3 === 0 ? null : n % 4, built: new Date(Date.UTC(2024, 0, 1 + n % 3)),
      books: [0, 1, 2].map((each) => create(Book, { id: n * 10 + each, title: `book ${each}` })),
    }))
  }
  await db.commit()
  await db.close()
}

/** Does something with a session of its own; tells which statements it sent, as kind and table. */
export const withSession = async <A>(adapter: Adapter, work: (db: Db, sent: string[]) => Promise<A>, options: RunOptions = {}): Promise<A> => {
  const sent: string[] = []
  const db = await open(library, adapter, { ...options, onStatement: ({ query }) => { sent.push(`${query.kind} ${query.table}`) } })
  try {
    return await work(db, sent)
  } finally {
    await db.close()
  }
}
export { closeAdapter }
