// Handles of dynamic and write-only relationships: what they query, change and write, and what each takes.

import {
  asc, backref, column, count, desc, entities, entity, eq, ge, immediateload, integer, joinedload, like, limit, offset, options, orderBy, registry, relationship, select, selectinload, subqueryload, table, tableJoin, text, where, withParent,
  type LoadOption, type Model, type Runnable,
} from '@relata/core'
import { add, all, commit, create, destroy, execute, expire, expungeAll, first, flush, get, history, isLoaded, load, noAutoflush, one, rollback, run, set, sql, type Db } from '@relata/session'
import { sqlite } from '@relata/adapters/sqlite'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { failing, running, succeeding } from '../in-session.js'

const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text) })
const posts = table('posts', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id', nullable: true }), title: column(text), year: column(integer) })
const notes = table('notes', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id', onDelete: 'cascade' }), text: column(text) })
const tags = table('tags', { id: column(integer, { primaryKey: true }), label: column(text) })
const userTags = table('user_tags', { userId: column(integer, { primaryKey: true, references: 'users.id' }), tagId: column(integer, { primaryKey: true, references: 'tags.id' }) })

const blogEntities = entities({
  User: entity(users, {
    posts: relationship('Post', {
      lazy: 'dynamic', backref: 'user', orderBy: desc(posts.c.year),
      queryClass: (members) => ({ since: (year: number) => pipe(members, where(ge(posts.c.year, year))), latest: pipe(members, limit(1)) }),
    }),
    notes: relationship('Note', { lazy: 'write_only', cascade: 'all, delete-orphan', passiveDeletes: true, backref: backref('user', { lazy: 'raise' }) }),
    tags: relationship('Tag', { lazy: 'write_only', secondary: userTags }),
  }),
  Post: entity(posts),
  Note: entity(notes),
  Tag: entity(tags),
})
interface Blog extends Model<typeof blogEntities> {}
const blog = registry<Blog>(blogEntities)
const { User, Post, Note, Tag } = blog.entities

const post = (id: number, year: number) => create(Post, { id, title: `post ${id}`, year })
const filled = () => pipe(
  add(
    create(User, { id: 1, name: 'ann', posts: [post(1, 2019), post(2, 2021), post(3, 2020)], notes: [1, 2].map((id) => create(Note, { id, text: `note ${id}` })), tags: [1, 2].map((id) => create(Tag, { id, label: `tag ${id}` })) }),
    create(User, { id: 2, name: 'bob', posts: [post(4, 2021)], notes: [create(Note, { id: 3, text: 'note 3' })] }),
  ),
  RTE.chain(() => flush), RTE.chain(() => expungeAll), RTE.chain(() => get(User, 1)), RTE.map((found) => O.toUndefined(found)!),
)
const titles = all(pipe(select({ title: Post.title, userId: Post.userId }), orderBy(asc(Post.id))))
const work = (statements: readonly string[]): readonly string[] => statements.slice(statements.lastIndexOf('select users 1') + 1)

type Ann = Parameters<Parameters<typeof RTE.map<(typeof filled extends () => Db<infer A> ? A : never), unknown>>[0]>[0]

describe('a handle queries', () => {
  test('its members, in the order of the relationship, and narrowed', async () => {
    const program = pipe(filled(), RTE.chain((ann) => pipe(
      all(ann.posts.select),
      RTE.chain((every) => pipe(all(pipe(ann.posts.select, where(like(Post.title, '%3')))), RTE.map((some) => [every, some].map((found) => found.map(({ id }) => id))))),
    )))
    const { result, statements } = await succeeding(blog, program)
    expect(result).toEqual([[2, 3, 1], [3]])
    expect(work(statements)).toEqual(['select posts 3', 'select posts 1'])
  })

  test('as its queryClass says, with every step that a query takes', async () => {
    const program = pipe(filled(), RTE.chain((ann) => pipe(
      all(pipe(ann.posts.since(2020), orderBy(asc(Post.id)))),
      RTE.chain((since) => pipe(first(ann.posts.latest), RTE.map((latest) => [since.map(({ id }) => id), O.toUndefined(latest)?.id]))),
    )))
    expect((await succeeding(blog, program)).result).toEqual([[2, 3], 2])
  })

  test('members through a secondary', async () => {
    expect((await succeeding(blog, pipe(filled(), RTE.chain((ann) => all(pipe(ann.tags.select, where(eq(Tag.label, 'tag 2'))))), RTE.map((found) => found.map(({ id }) => id))))).result).toEqual([2])
  })

  test('nothing for an object without a row', async () => {
    const { result, statements } = await succeeding(blog, all(create(User, { name: 'new' }).posts.select))
    expect(result).toEqual([])
    expect(statements.length).toBeLessThanOrEqual(1)
  })

  test('as many as are asked for, and how many there are', async () => {
    const program = pipe(filled(), RTE.chain((ann) => pipe(
      all(pipe(ann.posts.select, limit(1), offset(1))),
      RTE.chain((second) => pipe(one(pipe(select({ n: count(Post.id) }), where(withParent(User.posts, ann)))), RTE.map(({ n }) => [second.map(({ id }) => id), n]))),
    )))
    const { result, statements } = await succeeding(blog, program)
    expect(result).toEqual([[3], 3])
    expect(work(statements)).toEqual(['select posts 1', 'select posts 1'])
  })

  test('each time anew', async () => {
    const { result } = await succeeding(blog, pipe(filled(), RTE.chain((ann) => pipe(
      all(ann.posts.select), RTE.chain((before) => pipe(sql('insert into posts values (9, 1, \'late\', 2030)'), RTE.chain(() => all(ann.posts.select)), RTE.map((after) => [before.length, after.length]))),
    ))))
    expect(result).toEqual([3, 4])
  })

  test('nobody of an object that has left its session, with a warning; what narrows them is refused', async () => {
    const left = () => pipe(filled(), RTE.chainFirst(() => expungeAll))
    const { result, warnings } = await running(blog, pipe(left(), RTE.chain((ann) => all(ann.posts.select))))
    expect(result).toEqual(E.right([]))
    expect(warnings).toMatchObject([{ code: 'detached-load', message: 'User 1 is in no session: its members are not known, and none are given' }])
    expect(await failing(blog, pipe(left(), RTE.chain((ann) => all(ann.posts.latest))))).toBe('detached')
  })

  test('what is pending too, after the autoflush', async () => {
    const program = pipe(filled(), RTE.chain((ann) => { ann.posts.add(post(9, 2030)); return pipe(all(ann.posts.latest), RTE.map((found) => found.map(({ id }) => id))) }))
    expect((await succeeding(blog, program)).result).toEqual([9])
  })

  test('never whole: load refuses it', async () => {
    expect(await failing(blog, pipe(filled(), RTE.chain((ann) => load(User.posts as never)(ann as never))))).toBe('invalid-request')
  })
})

describe('a handle changes', () => {
  test('its members without loading them', async () => {
    const program = pipe(filled(), RTE.chain((ann) => pipe(
      get(Post, 1),
      RTE.chain((found) => { ann.posts.remove(O.toUndefined(found)!); ann.posts.add(post(9, 2030), post(10, 2031)); return flush }), RTE.chain(() => titles),
    )))
    const { result, statements } = await succeeding(blog, program)
    expect(result.map(({ userId }) => userId)).toEqual([null, 1, 1, 2, 1, 1])
    expect(work(statements).filter((each) => !each.startsWith('select posts'))).toEqual(['update posts 1', 'insert posts 2'])
  })

  test('both sides, and history shows it', async () => {
    const program = pipe(filled(), RTE.map((ann) => {
      const added = post(9, 2030)
      ann.posts.add(added)
      return [added.user === (ann as never), history(User.posts)(ann)]
    }))
    expect((await succeeding(blog, program)).result).toMatchObject([true, { added: [{ id: 9 }], deleted: [] }])
  })

  test('an orphan: what is taken out is deleted', async () => {
    const program = pipe(filled(), RTE.chain((ann) => pipe(
      get(Note, 1), RTE.chain((found) => { ann.notes.remove(O.toUndefined(found)!); return flush }), RTE.chain(() => all(pipe(select({ n: count(Note.id) })))),
    )))
    expect((await succeeding(blog, program)).result).toEqual([{ n: 2 }])
  })

  test('rows of a secondary', async () => {
    const program = pipe(filled(), RTE.chain((ann) => pipe(
      get(Tag, 1), RTE.chain((found) => { ann.tags.remove(O.toUndefined(found)!); ann.tags.add(create(Tag, { id: 3, label: 'tag 3' })); return flush }),
      RTE.chain(() => all(pipe(ann.tags.select, orderBy(asc(Tag.id))))), RTE.map((found) => found.map(({ id }) => id)),
    )))
    const { result, statements } = await succeeding(blog, program)
    expect(result).toEqual([2, 3])
    expect(work(statements).filter((each) => !each.startsWith('select'))).toEqual(expect.arrayContaining(['insert tags 1', 'insert user_tags 1', 'delete user_tags 1']))
  })

  test('nothing where the object is of another kind, or is nobody\'s', async () => {
    const stranger = filled()
    expect(await failing(blog, pipe(stranger, RTE.map((ann) => { ann.posts.add(create(Tag, { label: 'x' }) as never) })))).toBe('wrong-type')
    const { result } = await running(blog, pipe(filled(), RTE.map((ann) => { ann.posts.add({ id: 1 } as never) })))
    expect(E.isLeft(result)).toBe(true)
  })

  test('nothing of a parent that is deleted: without passiveDeletes that is refused', async () => {
    expect(await failing(blog, pipe(filled(), RTE.chainFirst((ann) => execute(ann.posts.delete)), RTE.chainFirst((ann) => destroy(ann)), RTE.chain(() => flush)))).toBe('invalid-request')
  })
})

test('eager options and loads of such a relationship are refused: nothing can be filled', async () => {
  for (const loader of [joinedload, selectinload, subqueryload, immediateload]) {
    for (const option of [loader(User.posts as never), loader(User.tags as never)]) {
      expect(await failing(blog, all(pipe(select(User), options(option as LoadOption<Blog, 'User', {}>))))).toBe('invalid-request')
    }
  }
})

describe('a whole assignment', () => {
  test('to a new object gives it its members, also where it is in a session already', async () => {
    const program = pipe(
      RTE.of(create(User, { id: 5, name: 'new' })), RTE.chainFirst((user) => add(user)), RTE.map((user) => set(User, { tags: [create(Tag, { id: 5, label: 'five' })] })(user)), RTE.chainFirst(() => flush),
      RTE.chain((user) => all((user as { readonly tags: { readonly select: Runnable } }).tags.select)),
    )
    expect((await succeeding(blog, program)).result).toMatchObject([{ id: 5 }])
  })

  test('to a write-only one of an object with a row is refused', async () => {
    expect(await failing(blog, pipe(filled(), RTE.map((ann) => set(User, { tags: [] })(ann))))).toBe('invalid-request')
  })
})

test('members added bring into the session what they refer to, many at once', async () => {
  const program = pipe(filled(), RTE.chain((ann) => { ann.tags.add(create(Tag, { id: 7, label: 'a' }), create(Tag, { id: 8, label: 'b' })); return flush }))
  const { statements } = await succeeding(blog, program)
  expect(work(statements)).toEqual(['insert tags 2', 'insert user_tags 2'])
})

test('a secondary that is a join serves a handle', async () => {
  const libraries = table('libraries', { id: column(integer, { primaryKey: true }) })
  const shelves = table('shelves', { id: column(integer, { primaryKey: true }), libraryId: column(integer, { references: 'libraries.id' }) })
  const copies = table('copies', { id: column(integer, { primaryKey: true }), shelfId: column(integer, { references: 'shelves.id' }), bookId: column(integer, { references: 'books.id' }) })
  const books = table('books', { id: column(integer, { primaryKey: true }) })
  const between = { viewonly: true, secondary: tableJoin(shelves, copies, eq(copies.c.shelfId, shelves.c.id)), primaryjoin: eq(libraries.c.id, shelves.c.libraryId), secondaryjoin: eq(copies.c.bookId, books.c.id), orderBy: asc(books.c.id) } as const
  const { entities: { Library }, ...town } = registry(entities({
    Library: entity(libraries, { asked: relationship('Book', { ...between, lazy: 'dynamic' }), written: relationship('Book', { ...between, lazy: 'write_only' }) }),
    Shelf: entity(shelves), Copy: entity(copies), Book: entity(books),
  }))
  const rows = ['insert into libraries values (1), (2)', 'insert into shelves values (1, 1), (2, 2)', 'insert into books values (1), (2), (3)', 'insert into copies values (1, 1, 1), (2, 1, 2), (3, 2, 3)']
  const { result } = await succeeding(town, pipe(
    RTE.sequenceSeqArray(rows.map((text) => sql(text))), RTE.chain(() => get(Library, 1)), RTE.map((found) => O.toUndefined(found)!),
    RTE.chain((library) => pipe(all(library.asked.select), RTE.chain((asked) => pipe(all(library.written.select), RTE.map((written) => [asked, written].map((found) => found.map(({ id }) => id)))))),
  )))
  expect(result).toEqual([[1, 2], [1, 2]])
})

describe('a handle writes by statement', () => {
  const after = <A>(program: (ann: never) => Db<A>) => pipe(filled(), RTE.chain((ann) => pipe(program(ann as never), RTE.chain((answer) => pipe(titles, RTE.map((rows) => [answer, rows.map(({ title, userId }) => `${title}/${userId}`)]))))))

  test('rows with the key of its object', async () => {
    const { result, statements } = await succeeding(blog, after((ann: Ann) => execute(ann.posts.insert([{ id: 7, title: 'a', year: 1 }, { id: 8, title: 'b', year: 2 }]))))
    expect(result).toEqual([{ rowCount: 2 }, ['post 1/1', 'post 2/1', 'post 3/1', 'post 4/2', 'a/1', 'b/1']])
    expect(work(statements)).toEqual(['insert posts 2', 'select posts 6'])
  })

  test('the columns of its members alone, narrowed or all', async () => {
    expect((await succeeding(blog, after((ann: Ann) => execute(ann.posts.update({ title: 'x' }))))).result).toEqual([{ rowCount: 3 }, ['x/1', 'x/1', 'x/1', 'post 4/2']])
    expect((await succeeding(blog, after((ann: Ann) => execute(pipe(ann.posts.update({ title: 'x' }), where(eq(Post.year, 2021))))))).result).toEqual([{ rowCount: 1 }, ['post 1/1', 'x/1', 'post 3/1', 'post 4/2']])
  })

  test('an end to its members alone', async () => {
    expect((await succeeding(blog, after((ann: Ann) => execute(ann.posts.delete)))).result).toEqual([{ rowCount: 3 }, ['post 4/2']])
  })

  test('no rows of an object that has no key yet', async () => {
    expect(await failing(blog, execute(create(User, { name: 'new' }).posts.insert([{ title: 'x', year: 1 }])))).toBe('invalid-request')
  })

  test('through a secondary: members change, and no row is inserted', async () => {
    const updated = pipe(filled(), RTE.chain((ann) => execute(pipe(ann.tags.update({ label: 'x' }), where(eq(Tag.id, 2))))), RTE.map(({ rowCount }) => rowCount))
    expect((await succeeding(blog, updated)).result).toBe(1)
    expect(await failing(blog, pipe(filled(), RTE.chain((ann) => execute(ann.tags.insert([{ label: 'x' }])))))).toBe('invalid-request')
  })

  test('after what is pending, and objects follow', async () => {
    const program = pipe(filled(), RTE.chain((ann) => pipe(
      one(pipe(ann.posts.select, where(eq(Post.id, 1)))),
      RTE.chain((loaded) => { set(Post, { year: 1999 })(loaded); ann.posts.add(post(9, 1999)); return pipe(execute(pipe(ann.posts.update({ title: 'old' }), where(eq(Post.year, 1999)))), RTE.map(({ rowCount }) => [rowCount, loaded.title, isLoaded(Post.title)(loaded)])) }),
    )))
    expect((await succeeding(blog, program)).result).toEqual([2, 'old', true])
  })
})

describe('a handle stays where its owner', () => {
  const asked = (ann: Ann) => pipe(all(ann.posts.select), RTE.map((found) => found.map(({ id }) => id)))
  test('is rolled back after its members changed', async () => {
    const program = pipe(filled(), RTE.chainFirst(() => commit), RTE.chain((ann) => {
      ann.posts.add(post(9, 2030))
      return pipe(flush, RTE.chain(() => rollback), RTE.chain(() => asked(ann)))
    }))
    expect((await succeeding(blog, program)).result).toEqual([2, 3, 1])
  })

  test('is expired with a change that was not flushed', async () => {
    const program = pipe(filled(), RTE.chain((ann) => {
      ann.posts.add(create(Post, { id: 9, title: 'x', year: 2030 }))
      return pipe(expire(User)(ann), RTE.chain(() => noAutoflush(asked(ann))))
    }))
    expect((await succeeding(blog, program)).result).toEqual([2, 3, 1])
  })
})

test('a queryClass that gives a name of the handle is an error of the query that meets it', async () => {
  const clash = registry({ User: entity(users, { posts: relationship('Post', { lazy: 'dynamic', queryClass: () => ({ add: 1 }) } as never) }), Post: entity(posts) } as never)
  const adapter = sqlite()
  const handle = (clash as never as { readonly entities: { readonly User: typeof User } }).entities.User
  const result = await run(clash as never, adapter)(RTE.fromIO(() => create(handle, { name: 'x' })))()
  expect(result).toMatchObject({ _tag: 'Left', left: { code: 'argument', message: "the queryClass of 'User.posts' gives 'add', which its handle has already" } })
})
