// Errors by kind, the same from every driver.

import { column, gt, integer, table, text } from '@relata/core'
import type { DriverErrorKind } from '../driver/driver-error.js'
import type { Query } from '../driver/query.js'
import type { Bench, BenchCheck } from './check.js'
import { expectEqual, expectError, expectTrue, insertPeople, people, raw, selectPeople } from './check.js'

const constrained = table('relata_constrained', {
  id: column(integer, { primaryKey: true, autoincrement: false }),
  name: column(text, { unique: true }),
  parent: column(integer, { nullable: true, references: 'relata_constrained.id' }),
  size: column(integer),
}, { checks: (columns) => [{ name: 'relata_positive', condition: gt(columns.size, 0) }] })

const insert = (on: Bench, ...values: readonly unknown[]): Query =>
  on.compiled({
    _tag: 'insert', table: 'relata_constrained', rows: 1, returning: [],
    columns: [
      { name: 'id', type: { kind: 'integer' }, write: { _tag: 'value' } }, { name: 'name', type: { kind: 'text' }, write: { _tag: 'value' } },
      { name: 'parent', type: { kind: 'integer' }, write: { _tag: 'value' } }, { name: 'size', type: { kind: 'integer' }, write: { _tag: 'value' } },
    ],
  }).query(values)

const refusal = (kind: DriverErrorKind, what: string, ...values: readonly unknown[]): BenchCheck => ({
  name: `${what} is an error of kind ${kind}`,
  run: (on) => on.withTables([constrained], () => on.connected(async (connection) => {
    await connection.execute(insert(on, 1, 'a', null, 1))
    const error = await expectError(connection.execute(insert(on, ...values)), what, kind)
    expectTrue(error.message !== '', 'the error has no message')
    expectTrue(error.cause !== undefined, "the error has no cause: keep the client library's own error there")
    expectEqual((await connection.execute(raw('select count(*) from relata_constrained', [], { kind: 'select', returns: [{ kind: 'integer' }] }))).rows, [[1]], 'rows afterwards')
  })),
})

export const errors: readonly BenchCheck[] = [
  refusal('unique', 'a key that is there already', 1, 'b', null, 1),
  refusal('unique', 'a unique name that is there already', 2, 'a', null, 1),
  refusal('foreign key', 'a parent that is not there', 2, 'b', 9, 1),
  refusal('not null', 'a null where none may be', 2, null, null, 1),
  refusal('check', 'a size that the check refuses', 2, 'b', null, 0),
  {
    name: 'a statement that is none is an error of kind syntax',
    run: ({ connected }) => connected(async (connection) => {
      await expectError(connection.execute(raw('selec 1')), 'a misspelt word', 'syntax')
      expectEqual((await connection.execute(raw('select 1', [], { kind: 'select', returns: [{ kind: 'integer' }] }))).rows, [[1]], 'the next statement')
    }),
  },
  {
    name: 'a table that is not there is an error of kind syntax',
    run: ({ connected }) => connected(async (connection) => {
      await expectError(connection.execute(raw('select * from relata_nowhere')), 'an unknown table', 'syntax')
    }),
  },
  {
    name: 'two statements at once are refused',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      await connection.execute(insertPeople(on, [1, 'a']))
      await expectError(connection.execute(raw('select 1; delete from relata_people')), 'two statements', 'syntax', 'other', 'value')
      expectEqual((await connection.execute(selectPeople(on))).rows, [[1, 'a']], 'the rows')
    })),
  },
  {
    name: 'classify knows its own errors and anything else',
    run: ({ driver }) => {
      const other = driver.classify(new Error('something else'))
      expectEqual([other._tag, other.kind, other.message], ['DriverError', 'other', 'something else'], 'an error of no kind')
      expectEqual(driver.classify(other), other, 'an error that is classified already')
      return Promise.resolve()
    },
  },
]
