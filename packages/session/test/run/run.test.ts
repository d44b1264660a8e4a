import { sqlite } from '@relata/adapters/sqlite'
import { add, all, commit, create, createAll, disconnect, flush, load, run, set, stateOf } from '@relata/session'
import { column, entities, entity, integer, registry, relationship, select, table, type Model } from '@relata/core'
import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { Author, Book, library } from '../library.js'

const prepared = async () => {
  const adapter = sqlite()
  await run(library, adapter)(pipe(createAll(library), RTE.chain(() => commit)))()
  return adapter
}

test('objects outlive their run, detached, and may go into another one', async () => {
  const adapter = await prepared()
  const ann = create(Author, { name: 'ann' })
  await run(library, adapter)(pipe(add(ann), RTE.chain(() => commit)))()
  expect([stateOf(ann), ann.id]).toEqual(['detached', 1])
  set(Author, { name: 'anna' })(ann)
  await run(library, adapter)(pipe(add(ann), RTE.chain(() => commit)))()
  const found = await run(library, adapter)(pipe(all(select(Author)), RTE.map((authors) => authors.map(({ name }) => name))))()
  expect(found).toEqual(E.right(['anna']))
  await disconnect(adapter)()
})

test('what was flushed and not committed did not happen', async () => {
  const adapter = await prepared()
  const ann = create(Author, { name: 'ann' })
  await run(library, adapter)(pipe(add(ann), RTE.chain(() => flush)))()
  expect(stateOf(ann)).toBe('transient')
  expect(await run(library, adapter)(all(select(Author)))()).toEqual(E.right([]))
  await disconnect(adapter)()
})

test('a load of an object whose run has ended is refused', async () => {
  const adapter = await prepared()
  const saved = await run(library, adapter)(pipe(add(create(Author, { name: 'ann' })), RTE.chain(() => commit), RTE.chain(() => all(select(Author)))))()
  const found = await run(library, adapter)(all(select(Author)))()
  const [ann] = E.isRight(found) ? found.right : []
  expect(E.isRight(saved)).toBe(true)
  expect(await run(library, adapter)(load(Author.books)(ann!))()).toMatchObject(E.left({ code: 'detached' }))
  await disconnect(adapter)()
})

test('a refused change within a program is its failure', async () => {
  const adapter = await prepared()
  const result = await run(library, adapter)(pipe(all(select(Author)), RTE.map(() => set(Author, { books: 1 as never })(create(Author, {})))))()
  expect(result).toMatchObject(E.left({ _tag: 'ChangeRefused', code: 'collection-type' }))
  await disconnect(adapter)()
})

test('what is thrown and no refusal goes on, with the connection given back', async () => {
  const adapter = await prepared()
  await expect(run(library, adapter)(pipe(all(select(Author)), RTE.map(() => { throw new TypeError('bug') })))()).rejects.toThrow('bug')
  expect(await run(library, adapter)(all(select(Book)))()).toEqual(E.right([]))
  await disconnect(adapter)()
})

test('a registry that does not configure is a failure with all its errors', async () => {
  const broken = entities({ A: entity(table('a', { id: column(integer, { primaryKey: true }) }), { bs: relationship('B') }), B: entity(table('b', { id: column(integer, { primaryKey: true }) })) })
  interface Broken extends Model<typeof broken> {}
  const result = await run(registry<Broken>(broken), sqlite())(RTE.of(1))()
  expect(result).toMatchObject(E.left({ _tag: 'MappingFailed', errors: [{ code: 'no-foreign-keys' }] }))
})

test('a program with another registry\'s handles is refused', async () => {
  const adapter = await prepared()
  const other = entities({ A: entity(table('a', { id: column(integer, { primaryKey: true }) })) })
  interface Other extends Model<typeof other> {}
  const { A } = registry<Other>(other).entities
  expect(await run(library, adapter)(add(create(A, {})))()).toMatchObject(E.left({ code: 'wrong-type' }))
  await disconnect(adapter)()
})
