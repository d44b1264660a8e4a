// What a plan warns of, and after how many of its steps: a flush that fails tells the warnings that it came to.

import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { column, entity, integer, relationship, table } from '@relata/core'
import { blog, fresh, idOf, kept, links, mapped, planningOf, planOf, tagged, tree, users } from './flush-world.js'

const outside = (entityName: string) => fresh(entityName, 9, { id: idOf(`outside:${entityName}`), state: 'outside', changed: false })
const after = ({ warnings }: ReturnType<typeof planOf>) => warnings.map((warning) => [warning.relationship, warning.after])

test('a member of a collection: before any step', () => {
  const plan = planOf(blog, fresh('User', 1, { now: { name: 'a' }, relationships: { addresses: links({ added: ['outside:Address'] }) } }), outside('Address'))
  expect([plan.steps.length, after(plan)]).toEqual([1, [['User.addresses', 0]]])
})

test('a reference: when what it may refer to is written, and before its own row', () => {
  const plan = planOf(blog, fresh('User', 1, { now: { name: 'a' } }), fresh('Address', 2, { now: { email: 'e' }, relationships: { user: links({ added: ['outside:User'] }) } }), outside('User'))
  expect([plan.steps.map((step) => step.table), after(plan)]).toEqual([['users', 'addresses'], [['Address.user', 1]]])
})

test('a reference along a circle of entities: before any step, also where rows of what it refers to come first', () => {
  const plan = planOf(tree, fresh('Node', 1, { now: { label: 'a' } }), fresh('Node', 2, { now: { label: 'b' }, relationships: { parent: links({ added: ['new:1'] }) } }), fresh('Node', 3, { now: { label: 'c' }, relationships: { parent: links({ added: ['outside:Node'] }) } }), outside('Node'))
  expect([plan.steps.length, after(plan)]).toEqual([2, [['Node.parent', 0]]])
})

test('a reference of an UPDATE of its own: after the rows of both ends', () => {
  const favourite = mapped({
    User: entity(users, {}),
    Note: entity(table('notes', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id', nullable: true }) }), { user: relationship('User', { postUpdate: true }) }),
  })
  const plan = planOf(favourite, fresh('Note', 1, { relationships: { user: links({ added: ['outside:User'] }) } }), fresh('User', 2, { now: { name: 'a' } }), outside('User'))
  expect([plan.steps.length, after(plan)]).toEqual([2, [['Note.user', 2]]])
})

test('a pair: after the rows of both ends', () => {
  const plan = planOf(tagged, fresh('Post', 1, { now: { title: 'a' }, relationships: { tags: links({ added: ['outside:Tag'] }) } }), fresh('Tag', 2, { now: { label: 'b' } }), outside('Tag'))
  expect([plan.steps.length, after(plan)]).toEqual([2, [['Post.tags', 2]]])
})

test('an orphan through pairs: before any step', () => {
  const owned = mapped({
    User: entity(users, { tags: relationship('Tag', { secondary: 'user_tags', cascade: 'all, delete-orphan', singleParent: true }) }),
    Tag: entity(table('tags', { id: column(integer, { primaryKey: true }) })),
    Pair: entity(table('user_tags', { userId: column(integer, { primaryKey: true, references: 'users.id' }), tagId: column(integer, { primaryKey: true, references: 'tags.id' }) })),
  })
  const plan = planOf(owned, kept('User', 1, { relationships: { tags: links({ removed: ['outside:Tag'] }) } }), outside('Tag'))
  expect(after(plan)).toEqual([['User.tags', 0]])
})

test('a circle of rows is refused with the warnings that come before it', () => {
  const planning = planningOf(tree,
    fresh('Node', 1, { now: { label: 'a' }, relationships: { parent: links({ added: ['new:2'] }) } }), fresh('Node', 2, { now: { label: 'b' }, relationships: { parent: links({ added: ['new:1'] }) } }),
    fresh('Node', 3, { now: { label: 'c' }, relationships: { parent: links({ added: ['outside:Node'] }) } }), outside('Node'))
  expect(planning).toMatchObject(E.left({ code: 'circular-dependency', warnings: [{ relationship: 'Node.parent', after: 0 }] }))
})
