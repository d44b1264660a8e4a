import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { and, column, configure, desc, dynamicRegistry, entity, eq, explainExpression, explainJoin, integer, joinCondition, lazyCondition, orderTerms, ownNames, planJoin, relationship, table, tableAlias, tableJoin, text } from '@relata/core'
import type { AnyEntity, JoinNames, JoinPlan, MappedRelationship, Mapping } from '@relata/core'

const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text) })
const addresses = table('addresses', { id: column(integer, { primaryKey: true }), userId: column(integer, { name: 'user_id', references: 'users.id' }), email: column(text) })
const nodes = table('nodes', { id: column(integer, { primaryKey: true }), parentId: column(integer, { name: 'parent_id', references: 'nodes.id' }) })
const posts = table('posts', { id: column(integer, { primaryKey: true }) })
const tags = table('tags', { id: column(integer, { primaryKey: true }) })
const postTags = table('post_tags', { postId: column(integer, { name: 'post_id', references: 'posts.id' }), tagId: column(integer, { name: 'tag_id', references: 'tags.id' }), place: column(integer) })
const people = table('people', { id: column(integer, { primaryKey: true }), kind: column(text), firmId: column(integer, { references: 'firms.id' }) })
const bosses = table('bosses', { id: column(integer, { primaryKey: true, references: 'people.id' }), level: column(integer) })
const firms = table('firms', { id: column(integer, { primaryKey: true }) })

const mapped = (entities: Readonly<Record<string, AnyEntity>>): Mapping => {
  const configured = configure(dynamicRegistry(entities))
  if (E.isLeft(configured)) throw new Error(configured.left.map(({ message }) => message).join('\n'))
  return configured.right
}
const planOf = (mapping: Mapping, name: string, names?: JoinNames): JoinPlan => {
  const plan = planJoin(mapping, name, names)
  if (E.isLeft(plan)) throw new Error(plan.left.message)
  return plan.right
}
const relationshipOf = (mapping: Mapping, entity: string, name: string): MappedRelationship => {
  const found = mapping.entities[entity]?.relationship[name]
  if (found === undefined) throw new Error(`no ${entity}.${name}`)
  return found
}

const blog = mapped({ User: entity(users, { addresses: relationship('Address', { backref: 'user', orderBy: desc(addresses.c.email) }) }), Address: entity(addresses) })
const tree = mapped({ Node: entity(nodes, { children: relationship('Node') }) })
const tagged = mapped({ Post: entity(posts, { tags: relationship('Tag', { secondary: postTags, orderBy: postTags.c.place }) }), Tag: entity(tags) })
const staff = mapped({ Firm: entity(firms, { bosses: relationship('Boss', { backref: 'firm' }), chiefs: relationship('Chief', { viewonly: true }) }), Person: entity(people, {}, { polymorphicOn: 'kind', identity: 'person' }), Boss: entity(bosses, {}, { inherits: 'Person', identity: 'boss' }), Chief: entity(people, {}, { inherits: 'Person', identity: 'chief' }) })

test('a join is over table names, with names of the database', () => {
  expect(explainExpression(planOf(blog, 'User.addresses').on)).toBe('users.id = addresses.user_id')
})

test('aliases replace the side that they are given for', () => {
  expect(explainExpression(planOf(blog, 'User.addresses', { target: 'a' }).on)).toBe('users.id = a.user_id')
  expect(explainExpression(planOf(blog, 'User.addresses', { parent: 'u' }).on)).toBe('u.id = addresses.user_id')
})

test('in a tree the target gets a name of its own', () => {
  expect(explainExpression(planOf(tree, 'Node.children').on)).toBe('nodes.id = nodes_1.parent_id')
})

test('with a secondary there are two conditions, and orderings of it are adapted', () => {
  const plan = planOf(tagged, 'Post.tags', { secondary: 'pt' })
  expect([plan.on, plan.secondaryOn].map((each) => each && explainExpression(each))).toEqual(['posts.id = pt.post_id', 'tags.id = pt.tag_id'])
  expect(plan.orderBy.map(({ arg }) => explainExpression(arg))).toEqual(['pt.place'])
  expect(plan.secondary).toMatchObject({ _tag: 'table', table: 'post_tags', alias: 'pt' })
})

test('a secondary made of a join, or an alias, is rendered as such', () => {
  const made = table('made', { id: column(integer, { primaryKey: true }), postId: column(integer, { references: 'posts.id' }) })
  const link = tableAlias(postTags, 'link')
  const mapping = mapped({ Post: entity(posts, { tags: relationship('Tag', { viewonly: true, secondary: tableJoin(made, link, eq(made.c.postId, link.c.postId)), primaryjoin: eq(posts.c.id, made.c.postId), secondaryjoin: eq(link.c.tagId, tags.c.id) }) }), Tag: entity(tags) })
  const plan = planOf(mapping, 'Post.tags')
  expect(plan.secondary).toMatchObject({ _tag: 'join', kind: 'inner', left: { table: 'made', alias: 'made' }, right: { table: 'post_tags', alias: 'link' } })
  expect(explainJoin(plan)).toContain('by made join post_tags as link on made.postId = link.post_id')
})

test('an entity of several tables is joined to itself, each table by its alias', () => {
  const plan = planOf(staff, 'Firm.bosses', { target: 'b' })
  expect(plan.target).toMatchObject({ _tag: 'join', kind: 'inner', left: { table: 'people', alias: 'b' }, right: { table: 'bosses', alias: 'b_bosses' } })
  expect(explainExpression(plan.on)).toBe('firms.id = b.firmId')
})

test('a subclass that shares its table is told by the discriminator', () => {
  expect(explainExpression(planOf(staff, 'Firm.chiefs').on)).toBe('firms.id = people.firmId AND people.kind IN (\'chief\')')
})

test('a known side is slots, in the order of the columns that fill them', () => {
  const plan = planOf(blog, 'User.addresses')
  expect({ ...plan.lazy, where: explainExpression(plan.lazy.where) }).toEqual({ where: '$1 = addresses.user_id', binds: [{ table: 'users', column: 'id', name: 'id' }] })
  expect({ ...plan.reverse, where: explainExpression(plan.reverse.where) }).toEqual({ where: 'users.id = $1', binds: [{ table: 'addresses', column: 'userId', name: 'user_id' }] })
  expect(planOf(blog, 'Address.user').keyLookup).toEqual([{ table: 'addresses', column: 'userId', name: 'user_id' }])
})

test('joinCondition takes any function from table to alias', () => {
  const bosses = relationshipOf(staff, 'Firm', 'bosses')
  const { primary } = joinCondition(staff, bosses, { ...ownNames, parent: () => 'f', target: (name) => (name === 'people' ? 'p' : 'q') })
  expect(explainExpression(primary)).toBe('f.id = p.firmId')
})

test('lazyCondition numbers its slots from where it is told', () => {
  const { primary } = lazyCondition(blog, relationshipOf(blog, 'User', 'addresses'), ownNames, 'forward', 4)
  expect(explainExpression(primary)).toBe('$5 = addresses.user_id')
  const both = lazyCondition(tagged, relationshipOf(tagged, 'Post', 'tags'), ownNames)
  expect([both.primary, both.secondary].map((each) => each && explainExpression(each))).toEqual(['$1 = post_tags.post_id', 'tags.id = post_tags.tag_id'])
})

test('orderTerms are over the target\'s alias', () => {
  const [first] = orderTerms(blog, relationshipOf(blog, 'User', 'addresses'), { ...ownNames, target: () => 'a' })
  expect(first).toMatchObject({ direction: 'desc', arg: { _tag: 'column', source: 'a', name: 'email' } })
})

test('tables of neither side are listed to be added to FROM', () => {
  const notes = table('notes', { id: column(integer, { primaryKey: true }), tagId: column(integer) })
  const mapping = mapped({ Post: entity(posts, { odd: relationship('Tag', { viewonly: true, primaryjoin: and(eq(posts.c.id, tags.c.id), eq(notes.c.tagId, tags.c.id)), foreignKeys: ['tags.id'] }) }), Tag: entity(tags), Note: entity(notes) })
  expect(planOf(mapping, 'Post.odd').others).toMatchObject([{ table: 'notes', alias: 'notes' }])
})

test('a plan is plain data of the mapping that made it', () => {
  const plan = planOf(blog, 'User.addresses')
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
  expect(plan).toMatchObject({ version: 1, fingerprint: blog.fingerprint })
})

test('a relationship that is not there is an error with the one that was meant', () => {
  expect(planJoin(blog, 'User.adresses')).toMatchObject({ _tag: 'Left', left: { hint: 'Did you mean \'addresses\'?' } })
  expect(planJoin(blog, 'Usr.addresses')).toMatchObject({ _tag: 'Left', left: { code: 'argument' } })
  expect(planJoin(blog, '')).toMatchObject({ _tag: 'Left' })
})

test('a plan prints as a tree', () => {
  expect(explainJoin(planOf(blog, 'User.addresses', { target: 'a' }))).toBe([
    'join User.addresses (one-to-many, list)',
    '├ from users',
    '├ to addresses as a',
    '├ on users.id = a.user_id',
    '├ ordered by a.email desc',
    '├ of a known parent: $1 = a.user_id with $1 = its users.id',
    '└ of a known target: users.id = $1 with $1 = its addresses.user_id',
  ].join('\n'))
})
