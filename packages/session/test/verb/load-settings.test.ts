// Settings of a load: parents a statement, levels further, and those that mean nothing to it.

import { asc, chunkSize, column, entities, entity, eq, innerjoin, integer, isNull, joinedload, lazyload, noload, only, options, orderBy, raiseload, recursionDepth, registry, relationship, select, selectinload, sqlOnly, table, where } from '@relata/core'
import type { Created, LoadOption, Model } from '@relata/core'
import { add, all, create, expungeAll, flush, load, set } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { failing, succeeding } from '../in-session.js'

const folders = table('folders', { id: column(integer, { primaryKey: true }), parentId: column(integer, { references: 'folders.id', nullable: true }), ownerId: column(integer, { references: 'owners.id', nullable: true }) })
const owners = table('owners', { id: column(integer, { primaryKey: true }) })
const folderEntities = entities({
  Folder: entity(folders, { children: relationship('Folder', { orderBy: 'folders.id' }), owner: relationship('Owner', { backPopulates: 'folders' }) }),
  Owner: entity(owners, { folders: relationship('Folder', { backPopulates: 'owner' }) }),
})
interface Folders extends Model<typeof folderEntities> {}
const registered = registry<Folders>(folderEntities)
const { Folder, Owner } = registered.entities

type NewFolder = Created<Folders, 'Folder'>
const folder = (id: number, children: readonly NewFolder[]): NewFolder => create(Folder, { id, children, owner: create(Owner, { id }) })
const chain = (id: number, below: number): NewFolder => folder(id, below === 0 ? [] : [chain(id + 1, below - 1), folder(id + 101, [])])

/** A chain of five, each but the last with a second child that has nothing below. */
const grown = () => pipe(add(chain(1, 4)), RTE.chain(() => flush), RTE.chain(() => expungeAll))
const roots = pipe(select(Folder), where(isNull(Folder.parentId)))
const selects = (statements: readonly string[]): readonly string[] => statements.filter((each) => each.startsWith('select'))

test('a load asks for so many parents a statement', async () => {
  const program = pipe(grown(), RTE.chain(() => all(pipe(select(Folder), orderBy(asc(Folder.id))))), RTE.chain(load(Folder.children, chunkSize(4))), RTE.map((found) => found.map(({ children }) => children.length)))
  const { result, statements } = await succeeding(registered, program)
  expect(result).toEqual([2, 2, 2, 2, 0, 0, 0, 0, 0])
  expect(selects(statements)).toEqual(['select folders 9', 'select folders 8', 'select folders 0', 'select folders 0'])
})

describe('a load of a relationship to its own entity', () => {
  test('goes on for so many levels, a statement each', async () => {
    const program = pipe(grown(), RTE.chain(() => all(roots)), RTE.chain(load(Folder.children, recursionDepth(1))), RTE.map(([root]) => root!.children.map((child) => child.children.map(({ id }) => id))))
    const { result, statements } = await succeeding(registered, program)
    expect(result).toEqual([[3, 103], []])
    expect(selects(statements)).toEqual(['select folders 1', 'select folders 2', 'select folders 2'])
  })

  test('goes to the end', async () => {
    const program = pipe(grown(), RTE.chain(() => all(roots)), RTE.chain(load(Folder.children, recursionDepth(-1))), RTE.map(([root]) => root!.children[0]!.children[0]!.children[0]!.children[0]!.children))
    const { result, statements } = await succeeding(registered, program)
    expect(result).toEqual([])
    expect(selects(statements)).toHaveLength(6)
  })

  test('ends in a circle', async () => {
    const [one, other] = [folder(1, []), folder(2, [])]
    const program = pipe(
      add(one, other), RTE.chain(() => flush), RTE.map(() => { set(Folder, { parentId: 2 })(one); set(Folder, { parentId: 1 })(other) }), RTE.chain(() => flush), RTE.chain(() => expungeAll),
      RTE.chain(() => all(select(Folder))), RTE.chain(load(Folder.children, recursionDepth(-1))), RTE.map((found) => found.length),
    )
    expect((await succeeding(registered, program)).result).toBe(2)
  })
})

test('refuses an inner join, for it makes none', async () => {
  expect(await failing(registered, pipe(grown(), RTE.chain(() => all(roots)), RTE.chain(load(Folder.children, innerjoin() as never))))).toBe('invalid-request')
})

test('what is for refusals stands with nothing else', () => {
  expect(() => selectinload(Folder.children, sqlOnly as never)).toThrow('sqlOnly is for raiseload()')
})

test.each([
  ['a chunk of nothing', chunkSize(0), 'argument'], ['half a chunk', chunkSize(1.5), 'argument'], ['fewer levels than none', recursionDepth(-2), 'argument'],
])('refuses %s', async (_what, setting, code) => {
  expect(await failing(registered, pipe(grown(), RTE.chain(() => all(roots)), RTE.chain(load(Folder.children, setting))))).toBe(code)
})

test('refuses levels of a relationship that leads elsewhere', async () => {
  expect(await failing(registered, pipe(grown(), RTE.chain(() => all(roots)), RTE.chain(load(Folder.owner, recursionDepth(1)))))).toBe('invalid-request')
})

test.each([
  ['innerjoin of lazyload', lazyload(Folder.children, innerjoin() as never)],
  ['chunkSize of joinedload', joinedload(Folder.children, chunkSize(3) as never)],
  ['recursionDepth of joinedload', joinedload(Folder.children, recursionDepth(3) as never)],
  ['only of raiseload', raiseload(Folder.children, only(eq(Folder.id, 1)) as never)],
])('a query refuses %s', async (_what, option) => {
  expect(await failing(registered, all(pipe(select(Folder), options(option))))).toBe('invalid-request')
})

test('options that belong to a loader are refused beside one', () => {
  expect(() => options(only(eq(Folder.id, 1)) as never)).toThrow('where is a setting of one loader')
})

describe('an object of no session', () => {
  const detached = (option: LoadOption<Folders, 'Folder', {}>) => pipe(grown(), RTE.chain(() => all(pipe(roots, options(option)))), RTE.chainFirst(() => expungeAll))

  test('is refused for that, where its relationship may be loaded', async () => {
    expect(await failing(registered, pipe(detached(lazyload(Folder.children)), RTE.chain(load(Folder.children))))).toBe('detached')
    expect(await failing(registered, pipe(detached(raiseload(Folder.children, sqlOnly)), RTE.chain(load(Folder.children))))).toBe('detached')
  })

  test('is refused for the strategy first, where that refuses every load', async () => {
    expect(await failing(registered, pipe(detached(raiseload(Folder.children)), RTE.chain(load(Folder.children))))).toBe('raise-load')
  })

  test('shows nothing of what is never loaded', async () => {
    expect(await failing(registered, pipe(detached(noload(Folder.children)), RTE.chain(load(Folder.children))))).toBe('no failure')
  })
})
