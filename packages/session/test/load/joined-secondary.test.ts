// Secondaries that are joins: of two tables between, and of one that is the parent's own. Loaded in every way, joined to and asked for.

import { any, asc, column, eq, entities, entity, integer, join, joinedload, options, orderBy, registry, relationship, select, selectinload, subqueryload, table, tableAlias, tableJoin, text, where, type Model } from '@relata/core'
import { all, expungeAll, load, sql, type Db } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { failing, succeeding } from '../in-session.js'

const authors = table('authors', { id: column(integer, { primaryKey: true }), name: column(text), area: column(integer) })
const books = table('books', { id: column(integer, { primaryKey: true }), authorId: column(integer, { references: 'authors.id' }) })
const prints = table('prints', { id: column(integer, { primaryKey: true }), bookId: column(integer, { references: 'books.id' }), shopId: column(integer, { references: 'shops.id' }) })
const shops = table('shops', { id: column(integer, { primaryKey: true }), name: column(text), area: column(integer) })
const other = tableAlias(authors, 'other')
const tradeEntities = entities({
  Author: entity(authors, {
    shops: relationship('Shop', {
      viewonly: true, secondary: tableJoin(books, prints, eq(prints.c.bookId, books.c.id)), primaryjoin: eq(authors.c.id, books.c.authorId), secondaryjoin: eq(prints.c.shopId, shops.c.id), orderBy: asc(shops.c.id),
    }),
    // The parent's own table stands between, under another name.
    near: relationship('Shop', {
      viewonly: true, secondary: tableJoin(other, books, eq(books.c.authorId, other.c.id)), primaryjoin: eq(authors.c.area, other.c.area), secondaryjoin: eq(other.c.area, shops.c.area), foreignKeys: ['other.area'], orderBy: asc(shops.c.id),
    }),
  }),
  Book: entity(books), Print: entity(prints), Shop: entity(shops),
})
interface Trade extends Model<typeof tradeEntities> {}
const trade = registry<Trade>(tradeEntities)
const { Author, Shop } = trade.entities

const filled: Db<unknown> = RTE.sequenceSeqArray([
  "insert into authors values (1, 'ada', 1), (2, 'bob', 2), (3, 'cy', 1)", 'insert into books values (1, 1), (2, 1), (3, 2)',
  "insert into shops values (1, 'corner', 1), (2, 'market', 2), (3, 'empty', 9)", 'insert into prints values (1, 1, 1), (2, 2, 1), (3, 2, 2), (4, 3, 2)',
].map((text) => sql(text)))
const after = async <A>(program: Db<A>): Promise<A> => (await succeeding(trade, pipe(filled, RTE.chain(() => expungeAll), RTE.chain(() => program)))).result
const names = (shopsOf: readonly { readonly name: string }[]): readonly string[] => shopsOf.map(({ name }) => name)
const byId = orderBy(asc(Author.id))

test.each([['joined', joinedload(Author.shops)], ['selectin', selectinload(Author.shops)], ['subquery', subqueryload(Author.shops)]] as const)('two tables between, %s: each shop once', async (_how, option) => {
  expect((await after(all(pipe(select(Author), byId, options(option))))).map((author) => names(author.shops))).toEqual([['corner', 'market'], ['market'], []])
})

test.each([['joined', joinedload(Author.near)], ['selectin', selectinload(Author.near)], ['subquery', subqueryload(Author.near)]] as const)('the own table between, %s', async (_how, option) => {
  expect((await after(all(pipe(select(Author), byId, options(option))))).map((author) => names(author.near))).toEqual([['corner'], ['market'], ['corner']])
})

test('both are loaded of objects that are there', async () => {
  const found = await after(pipe(all(pipe(select(Author), byId)), RTE.chain(load(Author.shops)), RTE.chain(load(Author.near))))
  expect(found.map((author) => [names(author.shops), names(author.near)])).toEqual([[['corner', 'market'], ['corner']], [['market'], ['market']], [[], ['corner']]])
})

test('both are joined to, and asked whether there are any', async () => {
  const joined = await after(all(pipe(select(Author), join(Author.near), where(eq(Shop.name, 'corner')), byId)))
  expect(joined.map(({ name }) => name)).toEqual(['ada', 'cy'])
  const asked = await after(all(pipe(select(Author), where(any(Author.shops, eq(Shop.name, 'corner'))), byId)))
  expect(asked.map(({ name }) => name)).toEqual(['ada'])
  const near = await after(all(pipe(select(Author), where(any(Author.near, eq(Shop.name, 'market'))), byId)))
  expect(near.map(({ name }) => name)).toEqual(['bob'])
})

test('a join of an entity with itself needs another name', async () => {
  const nodes = table('nodes', { id: column(integer, { primaryKey: true }), parentId: column(integer, { references: 'nodes.id', nullable: true }) })
  const tree = registry(entities({ Node: entity(nodes, { parent: relationship('Node', { remoteSide: ['nodes.id'] }) }) }))
  expect(await failing(tree, all(pipe(select(tree.entities.Node), join(tree.entities.Node.parent))))).toMatch(/argument|invalid-request/)
})
