// Mappings and short forms for the tests of flush plans.

import * as E from 'fp-ts/lib/Either.js'
import { column, configure, dynamicRegistry, entity, integer, plannedColumns, plannedRows, planFlush, relationship, table, text } from '@relata/core'
import type { AnyEntity, FlushColumns, FlushError, FlushInput, FlushLinks, FlushObject, FlushPlan, FlushPlanning, FlushStep, Mapping, ObjectId } from '@relata/core'

export const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text), nick: column(text, { nullable: true }) })
export const addresses = table('addresses', {
  id: column(integer, { primaryKey: true }),
  userId: column(integer, { name: 'user_id', references: 'users.id', nullable: true }),
  email: column(text),
})
export const nodes = table('nodes', {
  id: column(integer, { primaryKey: true }),
  parentId: column(integer, { name: 'parent_id', references: 'nodes.id', nullable: true }),
  label: column(text),
})
export const posts = table('posts', { id: column(integer, { primaryKey: true }), title: column(text) })
export const tags = table('tags', { id: column(integer, { primaryKey: true }), label: column(text) })
export const postTags = table('post_tags', {
  postId: column(integer, { name: 'post_id', primaryKey: true, references: 'posts.id' }),
  tagId: column(integer, { name: 'tag_id', primaryKey: true, references: 'tags.id' }),
})

export const mapped = (entities: Readonly<Record<string, AnyEntity>>): Mapping => {
  const configured = configure(dynamicRegistry(entities))
  if (E.isLeft(configured)) throw new Error(configured.left.map(({ message }) => message).join('\n'))
  return configured.right
}

/** Users with addresses; what is said of the collection may vary. */
export const blogWith = (options: Parameters<typeof relationship>[1] = {}): Mapping => mapped({
  User: entity(users, { addresses: relationship('Address', { backPopulates: 'user', ...options }) }),
  Address: entity(addresses, { user: relationship('User', { backPopulates: 'addresses' }) }),
})
export const blog = blogWith()
export const tree = mapped({
  Node: entity(nodes, {
    children: relationship('Node', { backPopulates: 'parent' }),
    parent: relationship('Node', { backPopulates: 'children', remoteSide: 'nodes.id' }),
  }),
})
export const tagged = mapped({
  Post: entity(posts, { tags: relationship('Tag', { secondary: postTags, backPopulates: 'posts' }) }),
  Tag: entity(tags, { posts: relationship('Post', { secondary: postTags, backPopulates: 'tags' }) }),
})

const numbers = new Map<string, ObjectId>()
const names: string[] = []

/** The number of an object that a test names: `'new:1'`, `'User:5'`. */
export const idOf = (name: string): ObjectId => {
  let id = numbers.get(name)
  if (id === undefined) {
    numbers.set(name, id = names.length)
    names.push(name)
  }
  return id
}

/** What the test calls it. */
export const nameOf = (id: ObjectId): string => names[id] ?? `#${id}`

interface Said { readonly loaded?: boolean; readonly added?: readonly (string | null)[]; readonly removed?: readonly string[]; readonly kept?: readonly string[]; readonly oldUnknown?: boolean }

/** Links with the names of the objects instead of their numbers. */
export const links = ({ loaded = true, added = [], removed = [], kept: stay, oldUnknown = false }: Said): FlushLinks => ({
  loaded, oldUnknown, added: added.map((name) => (name === null ? null : idOf(name))), removed: removed.map(idOf), kept: stay?.map(idOf),
})

type Given = Partial<Omit<FlushObject, 'columns'>> & { readonly now?: FlushColumns['now']; readonly was?: FlushColumns['was'] }

const object = ({ now = {}, was = {}, ...rest }: Given & Pick<FlushObject, 'id' | 'entity'>): FlushObject => ({
  state: 'kept', changed: true, order: 0, key: undefined, relationships: {}, parents: {}, stray: false, columns: { now, was, unknown: [] }, ...rest,
})

/** A new object, in the order of its number. */
export const fresh = (entityName: string, order: number, given: Given = {}): FlushObject => object({ id: idOf(`new:${order}`), entity: entityName, state: 'new', order, ...given })

/** An object that has a row. */
export const kept = (entityName: string, key: number, given: Given = {}): FlushObject =>
  object({ id: idOf(`${entityName}:${key}`), entity: entityName, state: 'kept', key: [key], ...given, now: { id: key, ...given.now } })

export const input = (...objects: readonly FlushObject[]): FlushInput => ({ _tag: 'FlushInput', objects })

export const planningOf = (mapping: Mapping, ...objects: readonly FlushObject[]): E.Either<FlushError, FlushPlanning> => planFlush(mapping, input(...objects))

export const planOf = (mapping: Mapping, ...objects: readonly FlushObject[]): FlushPlan => {
  const planned = planningOf(mapping, ...objects)
  if (E.isLeft(planned)) throw new Error(planned.left.message)
  if (planned.right._tag === 'Needs') throw new Error(`needs ${JSON.stringify(planned.right.loads)}`)
  return planned.right.plan
}

/** A plan in a few words: `insert users (name, nick): new:1 ['ed', null]`. Symbols print as `<new:1.id>`. */
export const told = (plan: FlushPlan): readonly string[] => plan.steps.flatMap(toldStep)

const toldStep = (step: FlushStep): readonly string[] => {
  const columns = plannedColumns(step)
  const split = step._tag === 'update' ? step.set.length : 0
  return plannedRows(step).map(({ values, symbols }) => {
    const cells = columns.map(({ name }, at) => {
      const symbol = symbols[at]
      const value = symbol === undefined ? JSON.stringify(values[at]) : symbol._tag === 'keyOf' ? `<${nameOf(symbol.row)}.${symbol.attribute}>` : `<${symbol._tag}>`
      return `${name}=${value}`
    })
    switch (step._tag) {
      case 'insert': return `insert ${step.table} ${cells.join(' ')}`
      case 'update': return `update ${step.table} ${cells.slice(0, split).join(' ')} where ${cells.slice(split).join(' ')}`
      case 'delete': return `delete ${step.table} ${cells.join(' ')}`
      default: return step satisfies never
    }
  })
}
