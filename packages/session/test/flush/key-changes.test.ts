// Primary keys that change: rows found by the old key, objects under the new one, and who follows.

import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'
import { beginSavepoint, create, expungeAll, isModified, load, rollbackToSavepoint, set, sql } from '@relata/session'
import { describe, expect, test } from 'vitest'
import { opened } from '../opened.js'

const users = table('users', { name: column(text, { primaryKey: true }), age: column(integer, { nullable: true }) })
const items = table('items', { code: column(text, { primaryKey: true }) })

/** Where the database follows, its constraints say so; where the flush does, they must not. */
const worldWith = (passiveUpdates: boolean) => {
  const onUpdate = passiveUpdates ? 'cascade' : 'no action'
  const mails = table('mails', { id: column(integer, { primaryKey: true }), userName: column(text, { name: 'user_name', references: 'users.name', onUpdate, nullable: true }) })
  const userItems = table('user_items', { userName: column(text, { name: 'user_name', primaryKey: true, references: 'users.name', onUpdate }), itemCode: column(text, { name: 'item_code', primaryKey: true, references: 'items.code', onUpdate }) })
  const pages = table('pages', { owner: column(text, { primaryKey: true, references: 'users.name', onUpdate }), no: column(integer, { primaryKey: true }) })
  const nodes = table('nodes', { name: column(text, { primaryKey: true }), parent: column(text, { references: 'nodes.name', onUpdate, nullable: true }) })
  const parts = entities({
    User: entity(users, { mails: relationship('Mail', { passiveUpdates, backPopulates: 'user' }), items: relationship('Item', { secondary: userItems, passiveUpdates }), pages: relationship('Page', { passiveUpdates }) }),
    Mail: entity(mails, { user: relationship('User', { passiveUpdates, backPopulates: 'mails' }) }),
    Item: entity(items), Page: entity(pages),
    Node: entity(nodes, { up: relationship('Node', { remoteSide: 'nodes.name', passiveUpdates }) }),
  })
  return registry<Model<typeof parts>>(parts)
}

const passive = worldWith(true)
const active = worldWith(false)
/** Keys that are written before those that they refer to. */
const deferred = sql('pragma defer_foreign_keys = on')

test('the row is found by its old key, and the object by its new one', async () => {
  const { User } = passive.entities
  const { db, texts } = await opened(passive)
  const jack = create(User, { name: 'jack' })
  db.add(jack)
  await db.commit()
  texts()
  set(User, { name: 'ed' })(jack)
  await db.flush()
  expect(texts()).toEqual(['update "users" set "name" = ? where "name" = ?'])
  expect([(await db.get(User, 'ed')) === jack as unknown, texts(), await db.get(User, 'jack')]).toEqual([true, [], undefined])
})

describe('passive: the database follows', () => {
  test('no update is sent for those who refer, and those in memory show the new key without being changed', async () => {
    const { User, Mail } = passive.entities
    const { db, sent } = await opened(passive)
    const mail = create(Mail, {})
    const user = create(User, { name: 'jack', mails: [mail] })
    db.add(user)
    await db.commit()
    sent()
    set(User, { name: 'ed' })(user)
    await db.flush()
    expect([sent(), mail.userName, isModified(mail)]).toEqual([['update users 1'], 'ed', false])
  })

  test('a part of the key of another follows as far as its own relationship goes', async () => {
    const { User, Page } = passive.entities
    const { db, sent } = await opened(passive)
    const page = create(Page, { owner: 'jack', no: 1 })
    const user = create(User, { name: 'jack', pages: [page] })
    db.add(user)
    await db.commit()
    sent()
    set(User, { name: 'ed' })(user)
    await db.flush()
    expect([sent(), page.owner, (await db.get(Page, { owner: 'ed', no: 1 })) === page as unknown]).toEqual([['update users 1'], 'ed', true])
  })

  test('a reference to one\'s own kind follows', async () => {
    const { Node } = passive.entities
    const { db, sent } = await opened(passive)
    const top = create(Node, { name: 'a' })
    const below = create(Node, { name: 'b', up: top })
    db.add(below)
    await db.commit()
    sent()
    set(Node, { name: 'z' })(top)
    await db.flush()
    expect([sent(), below.parent]).toEqual([['update nodes 1'], 'z'])
  })
})

describe('active: the flush follows', () => {
  test('those who refer are loaded, and updated one by one', async () => {
    const { User, Mail } = active.entities
    const { db, sent } = await opened(active)
    db.add(create(User, { name: 'jack', mails: [create(Mail, {}), create(Mail, {})] }))
    await db.commit()
    await db.run(expungeAll)
    const user = (await db.get(User, 'jack'))!
    sent()
    await db.run(deferred)
    set(User, { name: 'ed' })(user)
    await db.flush()
    const lines = sent()
    expect(lines).toContain('select mails 2')
    expect(lines.at(-1)).toBe('update mails 2')
    expect((await db.run(load(User.mails)(user))).mails.map(({ userName }) => userName)).toEqual(['ed', 'ed'])
  })

  test('association rows go from the old key to the new', async () => {
    const { User, Item } = active.entities
    const { db, texts } = await opened(active)
    const user = create(User, { name: 'jack', items: [create(Item, { code: 'x' })] })
    db.add(user)
    await db.commit()
    await db.run(deferred)
    texts()
    set(User, { name: 'ed' })(user)
    await db.flush()
    expect(texts().filter((line) => line.includes('user_items'))).toEqual(['update "user_items" set "user_name" = ?, "item_code" = ? where "user_name" = ? and "item_code" = ?'])
    expect(await db.run(sql('select user_name, item_code from user_items'))).toEqual([['ed', 'x']])
  })

  test('of a many-to-one without another side those in memory are found', async () => {
    const { Node } = active.entities
    const { db, sent } = await opened(active)
    const top = create(Node, { name: 'a' })
    const below = create(Node, { name: 'b', up: top })
    db.add(below)
    await db.commit()
    await db.run(deferred)
    sent()
    set(Node, { name: 'z' })(top)
    await db.flush()
    expect([below.parent, sent()]).toEqual(['z', ['update nodes 1', 'update nodes 1']])
  })
})

test('a member moved to another owner whose key is part of its own has its row rewritten', async () => {
  const { User, Page } = passive.entities
  const { db, texts } = await opened(passive)
  const page = create(Page, { owner: 'a', no: 1 })
  const [a, b] = [create(User, { name: 'a', pages: [page] }), create(User, { name: 'b', pages: [] })]
  db.add(a, b)
  await db.commit()
  texts()
  set(User, { pages: [page] })(b)
  set(User, { pages: [] })(a)
  await db.flush()
  expect([texts(), page.owner]).toEqual([['update "pages" set "owner" = ? where "owner" = ? and "no" = ?'], 'b'])
})

test('one row may take the key that another gives up, and a savepoint gives both back', async () => {
  const { User } = passive.entities
  const { db } = await opened(passive)
  const [a, b] = [create(User, { name: 'a', age: 1 }), create(User, { name: 'b', age: 2 })]
  db.add(a, b)
  await db.commit()
  await db.run(beginSavepoint)
  set(User, { name: 'c' })(a)
  set(User, { name: 'a' })(b)
  await db.flush()
  expect([(await db.get(User, 'a')) === b as unknown, (await db.get(User, 'c')) === a as unknown]).toEqual([true, true])
  expect(await db.run(sql('select name, age from users order by name'))).toEqual([['a', 2], ['c', 1]])
  await db.run(rollbackToSavepoint)
  expect([(await db.get(User, 'a')) === a as unknown, (await db.get(User, 'b')) === b as unknown, a.name, b.name]).toEqual([true, true, 'a', 'b'])
})
