// Sessions inside a transaction that the program itself began.

import { eq, select, where } from '@relata/core'
import { joined, type JoinMode } from '@relata/adapters/joined'
import { sqlite } from '@relata/adapters/sqlite'
import { add, all, commit, create, createAll, rollback, run, savepoint } from '@relata/session'
import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { Author, library } from '../library.js'

/** A transaction of our own on fresh tables, with one author in it. */
const transaction = async () => {
  const driver = await sqlite().connect()
  const connection = await driver.acquire()
  await connection.begin()
  const join = (mode: JoinMode = 'createSavepoint') => run(library, joined({ driver, connection, mode }))
  await join('rollbackOnly')(pipe(createAll(library), RTE.chain(() => add(create(Author, { name: 'mine' }))), RTE.chain(() => commit)))()
  const authors = async () => (await connection.execute({ sql: "select count(*) from sqlite_master where name = 'authors'", params: [], kind: 'raw', table: '' })).rows[0]?.[0] === 0
    ? 'no table' : (await connection.execute({ sql: 'select name from authors order by id', params: [], kind: 'raw', table: '' })).rows.flat()
  return { driver, connection, join, authors }
}

const theirs = (then: typeof commit) => pipe(add(create(Author, { name: 'theirs' })), RTE.chain(() => all(select(Author))), RTE.chain(() => then))

test('a commit inside leaves the transaction to its owner, who may still undo it', async () => {
  const { connection, join, authors } = await transaction()
  expect(E.isRight(await join()(theirs(commit))())).toBe(true)
  expect(await authors()).toEqual(['mine', 'theirs'])
  await connection.rollback()
  expect(await authors()).toBe('no table')
})

test('a rollback inside undoes the session alone, and so does its end', async () => {
  const { connection, join, authors } = await transaction()
  await join()(theirs(rollback))()
  await join()(theirs(RTE.right(undefined)))()
  expect(await authors()).toEqual(['mine'])
  await connection.commit()
})

test('several transactions of a session, and savepoints within, follow each other', async () => {
  const { connection, join, authors } = await transaction()
  const undone = await join()(pipe(
    theirs(commit), RTE.chain(() => theirs(rollback)),
    RTE.chain(() => savepoint(add(create(Author, { name: 'inner' })))), RTE.chain(() => commit),
    RTE.chain(() => all(pipe(select(Author), where(eq(Author.name, 'inner'))))),
  ))()
  expect(E.isRight(undone) && undone.right.length).toBe(1)
  expect(await authors()).toEqual(['mine', 'theirs', 'inner'])
  await connection.rollback()
})

test('rollbackOnly: a rollback inside is one of the whole', async () => {
  const { join, authors } = await transaction()
  await join('rollbackOnly')(theirs(commit))()
  expect(await authors()).toEqual(['mine', 'theirs'])
  await join('rollbackOnly')(theirs(rollback))()
  expect(await authors()).toBe('no table')
})

test('controlFully: a commit inside is one of the whole', async () => {
  const { connection, join, authors } = await transaction()
  await join('controlFully')(theirs(commit))()
  await connection.begin()
  await connection.rollback()
  expect(await authors()).toEqual(['mine', 'theirs'])
})

test('one session at a time', async () => {
  const { driver, connection } = await transaction()
  const adapter = joined({ driver, connection })
  const [first, second] = await Promise.all([run(library, adapter)(theirs(commit))(), run(library, adapter)(theirs(commit))()])
  expect([E.isRight(first), E.isLeft(second) && second.left.message]).toEqual([true, 'a session has joined this transaction already: let it end before the next one joins (in the autoflush before a read: flush first, or read within noAutoflush)'])
  await connection.rollback()
})
