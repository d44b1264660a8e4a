import { add, commit, create, flush, set, sql } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { Author, library } from '../library.js'
import { running } from '../in-session.js'

const ann = () => create(Author, { name: 'ann' })

test('a row that was written past the session is told at the next flush', async () => {
  const author = ann()
  const { warnings } = await running(library, pipe(
    add(author), RTE.chain(() => commit), RTE.chain(() => sql("update authors set name = 'bob'")),
    RTE.chain(() => add(ann())), RTE.chain(() => flush),
  ), { audit: true })
  expect(warnings.map(({ code, message }) => `${code}: ${message}`)).toEqual(['audit: Author 1 has name ann and its row has bob: one of them was written past the session'])
})

test('an object that was assigned to past the verbs is told', async () => {
  const author = ann()
  const { warnings } = await running(library, pipe(
    add(author), RTE.chain(() => commit), RTE.map(() => { Object.assign(author, { name: 'bob' }) }),
    RTE.chain(() => add(ann())), RTE.chain(() => flush),
  ), { audit: true })
  expect(warnings.length).toBe(1)
})

test('what the verbs changed is as it should be', async () => {
  const author = ann()
  const { warnings } = await running(library, pipe(
    add(author), RTE.chain(() => commit), RTE.map(() => { set(Author, { name: 'bob' })(author) }), RTE.chain(() => flush),
  ), { audit: true })
  expect(warnings).toEqual([])
})
