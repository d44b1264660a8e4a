import { logged } from '@relata/adapters/logged'
import { sqlite } from '@relata/adapters/sqlite'
import { add, append, commit, create, flush, isLoaded, rollback, run, savepoint, set, stateOf } from '@relata/session'
import * as fc from 'fast-check'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { Author, Book, library } from '../library.js'
import { succeeding } from '../in-session.js'
import type { Db, HasSession, SessionError } from '@relata/session'

const then = (check: () => void) => RTE.map(<A>(a: A): A => { check(); return a })
/** A change made when the program gets there. */
const changing = (change: () => unknown): Db<void> => pipe(RTE.of<HasSession, SessionError, undefined>(undefined), RTE.map(() => { change() }))
const no: SessionError = { _tag: 'ChangeRefused', code: 'other', message: 'no' }

test('a savepoint that fails undoes what it did and nothing else', async () => {
  const [ann, bob, carl] = [create(Author, { name: 'ann' }), create(Author, { name: 'bob' }), create(Author, { name: 'carl' })]
  await succeeding(library, pipe(
    add(ann, bob), RTE.chain(() => flush),
    RTE.chain(() => pipe(
      savepoint(pipe(add(carl), then(() => { set(Author, { name: 'anna' })(ann) }), RTE.chain(() => flush), RTE.chain(() => RTE.left<HasSession, SessionError, void>(no)))),
      RTE.orElse(() => RTE.of<HasSession, SessionError, void>(undefined)),
    )),
    then(() => {
      expect([ann.name, stateOf(ann), stateOf(bob), stateOf(carl)]).toEqual(['ann', 'persistent', 'persistent', 'transient'])
      expect([isLoaded(Author.name)(ann), isLoaded(Author.name)(bob)]).toEqual([false, true])
    }),
  ))
})

test('what a released savepoint did is undone with what is around it', async () => {
  const ann = create(Author, { name: 'ann' })
  await succeeding(library, pipe(
    add(ann), RTE.chain(() => commit),
    RTE.chain(() => savepoint(pipe(changing(() => set(Author, { name: 'anna' })(ann)), RTE.chain(() => flush)))), RTE.chain(() => rollback),
    then(() => { expect(ann.name).toBe('ann') }),
  ))
})

test('a refused change fails the savepoint that it is in', async () => {
  const book = create(Book, {})
  const { result } = await succeeding(library, pipe(
    savepoint(changing(() => append(Book.notes, 'no note' as never)(book))),
    RTE.map(() => 'accepted'), RTE.orElse((error) => RTE.of<HasSession, SessionError, string>(error.code)),
  ))
  expect(result).toBe('attribute')
})

test('values after any nesting of savepoints are those of a plain model', async () => {
  type Step = { readonly keep: boolean; readonly inner: readonly Step[]; readonly value: string }
  const { tree } = fc.letrec<{ tree: readonly Step[]; step: Step }>((tie) => ({
    tree: fc.array(tie('step'), { maxLength: 3, depthIdentifier: 'savepoints' }),
    step: fc.record({ keep: fc.boolean(), inner: fc.oneof({ depthIdentifier: 'savepoints', maxDepth: 4 }, fc.constant([]), tie('tree')), value: fc.string({ maxLength: 3 }) }) as fc.Arbitrary<Step>,
  }))
  await fc.assert(fc.asyncProperty(tree, async (steps) => {
    const ann = create(Author, { name: 'start' })
    const program = (list: readonly Step[]): Db<void> => list.reduce<Db<void>>((before, { keep, inner, value }) => pipe(
      before,
      RTE.chain(() => pipe(
        savepoint(pipe(changing(() => set(Author, { name: value })(ann)), RTE.chain(() => flush), RTE.chain(() => program(inner)), RTE.chain(() => (keep ? RTE.of<HasSession, SessionError, void>(undefined) : RTE.left<HasSession, SessionError, void>(no))))),
        RTE.orElse(() => RTE.of<HasSession, SessionError, void>(undefined)),
      )),
    ), RTE.of(undefined))
    const model = (list: readonly Step[], name: string): string => list.reduce((now, { keep, inner, value }) => { const inside = model(inner, value); return keep ? inside : now }, name)
    const { result } = await succeeding(library, pipe(add(ann), RTE.chain(() => flush), RTE.chain(() => program(steps)), RTE.map(() => ann.name)))
    expect(result).toBe(model(steps, 'start'))
  }), { numRuns: 100 })
}, 60_000)

test('a savepoint that was rolled back to is gone: the next one is not inside of it', async () => {
  const sent: string[] = []
  const adapter = logged(({ operation, sql }) => { if (operation.includes('avepoint')) sent.push(sql) })(sqlite())
  const trying = pipe(savepoint(RTE.left<HasSession, SessionError, void>(no)), RTE.orElse(() => RTE.of<HasSession, SessionError, void>(undefined)))
  await run(library, adapter)(pipe(trying, RTE.chain(() => trying)))()
  expect(sent).toEqual([
    'savepoint relata_1', 'rollback to savepoint relata_1', 'release savepoint relata_1',
    'savepoint relata_2', 'rollback to savepoint relata_2', 'release savepoint relata_2',
  ])
})

test('the result of a program is that of its savepoint', async () => {
  expect((await succeeding(library, savepoint(RTE.of<HasSession, SessionError, number>(7)))).result).toBe(7)
})
