// A blog over SQLite in memory for tests of loading: tables, rows, and the statements that were sent.

import { column, configure, entities, entity, integer, registry, relationship, table, text, type Mapping, type Model } from '@relata/core'
import { sqlite } from '@relata/adapters/sqlite'
import { isRight } from 'fp-ts/lib/Either.js'
import { openSession } from '../../src/run/open-session.js'
import type { SessionState } from '../../src/state/model.js'

export const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text) })
export const addresses = table('addresses', {
  id: column(integer, { primaryKey: true }),
  userId: column(integer, { name: 'user_id', references: 'users.id', nullable: true }),
  email: column(text),
})
export const tags = table('tags', { id: column(integer, { primaryKey: true }), label: column(text) })
export const addressTags = table('address_tags', {
  addressId: column(integer, { name: 'address_id', primaryKey: true, references: 'addresses.id' }),
  tagId: column(integer, { name: 'tag_id', primaryKey: true, references: 'tags.id' }),
})

export const blogEntities = entities({
  User: entity(users, { addresses: relationship('Address', { backPopulates: 'user' }) }),
  Address: entity(addresses, {
    user: relationship('User', { backPopulates: 'addresses' }),
    tags: relationship('Tag', { secondary: addressTags, backPopulates: 'addresses' }),
  }),
  Tag: entity(tags, { addresses: relationship('Address', { secondary: addressTags, backPopulates: 'tags' }) }),
})
interface Blog extends Model<typeof blogEntities> {}
export const blog = registry<Blog>(blogEntities)
export const { User, Address, Tag } = blog.entities

export const mapping = ((): Mapping => {
  const configured = configure(blog)
  if (isRight(configured)) return configured.right
  throw new Error(configured.left[0].message)
})()

/** A session over a database with three users, four addresses and two tags; `sent` tells the texts of its selects. */
export const openBlog = async (): Promise<{ readonly session: SessionState; readonly sent: string[]; readonly close: () => Promise<void> }> => {
  const sent: string[] = []
  const adapter = sqlite()
  const session = openSession(mapping, adapter, { onStatement: ({ query }) => { if (query.kind === 'select') sent.push(query.sql) } })
  const run = (sql: string) => session.executor.execute({ sql, params: [], kind: 'raw', table: '' })
  await run('create table users (id integer primary key, name text not null)')
  await run('create table addresses (id integer primary key, user_id integer references users(id), email text not null)')
  await run('create table tags (id integer primary key, label text not null)')
  await run('create table address_tags (address_id integer references addresses(id), tag_id integer references tags(id), primary key (address_id, tag_id))')
  await run(`insert into users values (1, 'ada'), (2, 'bob'), (3, 'cy')`)
  await run(`insert into addresses values (1, 1, 'ada@x'), (2, 1, 'ada@y'), (3, 2, 'bob@x'), (4, null, 'nobody@x')`)
  await run(`insert into tags values (1, 'home'), (2, 'work')`)
  await run('insert into address_tags values (1, 1), (1, 2), (3, 2)')
  return { session, sent, close: async () => { await session.control.close() } }
}
