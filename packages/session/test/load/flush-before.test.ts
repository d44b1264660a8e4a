// What a load shows whose own autoflush has read the same before it wrote.

import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'
import { create, expire, load, loadColumn, remove, set, stateOf, type StatementEvent } from '@relata/session'
import type { Db } from '@relata/session/plain'
import { describe, expect, test } from 'vitest'
import { opened } from '../opened.js'

const parents = table('parents', { id: column(integer, { primaryKey: true }), name: column(text) })
const children = table('children', { id: column(integer, { primaryKey: true }), name: column(text), parentId: column(integer, { name: 'parent_id', references: 'parents.id', nullable: true }) })

const familyWith = <L extends 'select' | 'selectin' | 'joined'>(lazy: L) => {
  const members = entities({
    Parent: entity(parents, { children: relationship('Child', { backPopulates: 'parent', lazy }) }),
    Child: entity(children, { parent: relationship('Parent', { backPopulates: 'children' }) }),
  })
  return registry<Model<typeof members>>(members)
}
const family = familyWith('select')
const { Parent, Child } = family.entities

/** A parent with two children in the database, and nothing of its collection in memory. */
const stored = async (db: Db) => {
  const child = create(Child, { id: 1, name: 'a' })
  db.add(create(Parent, { id: 1, name: 'p', children: [child, create(Child, { id: 2, name: 'b' })] }))
  await db.commit()
  const parent = (await db.get(Parent, 1))!
  await db.run(expire(Parent, 'children')(parent))
  return { parent, child }
}

describe('a collection', () => {
  test('of an object that the autoflush of its own load deletes is empty then', async () => {
    const { db, sent } = await opened(family)
    const { parent } = await stored(db)
    await db.destroy(parent)
    sent()
    const { children: found } = await db.run(load(Parent.children)(parent))
    expect([sent(), found, stateOf(parent)]).toEqual([['select children 2', 'update children 2', 'delete parents 1', 'select children 0'], [], 'deleted'])
  })

  test('whose member that autoflush deletes does not have it, and refuses to let it go', async () => {
    const { db, sent } = await opened(family)
    const { parent, child } = await stored(db)
    await db.destroy(child)
    sent()
    const { children: found } = await db.run(load(Parent.children)(parent))
    expect([sent(), found.map(({ name }) => name)]).toEqual([['delete children 1', 'select children 1'], ['b']])
    expect(() => remove(Parent.children, child)(parent)).toThrow('no member')
  })

  test('keeps what was changed while it was on its way', async () => {
    const told: ((statement: StatementEvent) => void)[] = []
    const { db } = await opened(family, {}, undefined, (statement) => { for (const tell of told) tell(statement) })
    const { parent, child } = await stored(db)
    told.push(({ kind }) => { if (kind === 'delete') set(Parent, { children: [] })(parent) })
    await db.destroy(child)
    expect((await db.run(load(Parent.children)(parent))).children).toEqual([])
  })
})

describe('an expired object that the autoflush reads to write it', () => {
  const changed = async (lazy: 'select' | 'selectin' | 'joined') => {
    const loading = familyWith(lazy)
    const { Parent: Owner, Child: Member } = loading.entities
    const { db, sent } = await opened(loading)
    const member = create(Member, { id: 1, name: 'a' })
    const owner = create(Owner, { id: 1, name: 'p', children: [member, create(Member, { id: 2, name: 'b' })] })
    db.add(owner)
    await db.commit()
    await db.run(expire(Owner)(owner))
    set(Owner, { name: 'q' })(owner)
    await db.destroy(member)
    sent()
    await db.run(loadColumn(Owner.id)(owner))
    return { statements: sent(), owner }
  }

  test('is read again after it, with what comes in its row', async () => {
    const { statements, owner } = await changed('joined')
    expect([statements, owner.children.map(({ name }) => name)]).toEqual([['select parents 2', 'update parents 1', 'delete children 1', 'select parents 1'], ['b']])
  })

  test('keeps what came by a statement of its own', async () => {
    const { statements, owner } = await changed('selectin')
    expect([statements, owner.children.map(({ name }) => name)]).toEqual([['select parents 1', 'select children 2', 'update parents 1', 'delete children 1', 'select parents 1'], ['a', 'b']])
  })

  test('has what was set of it', async () => {
    const { owner } = await changed('select')
    expect(owner.name).toBe('q')
  })
})
