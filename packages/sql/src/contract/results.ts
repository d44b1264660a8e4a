// What comes back: rows as arrays, nulls, counts of matched rows, keys that the database made.

import { column, integer, real, table, text } from '@relata/core'
import type { Column } from '@relata/core'
import { executeManyByDefault, pipelineByDefault } from '../driver/defaults.js'
import type { BenchCheck } from './check.js'
import { expectEqual, expectTrue, insertPeople, people, raw, renamePerson, selectPeople } from './check.js'

const numbered = table('relata_numbered', { id: column(integer, { primaryKey: true }), name: column(text) })

export const results: readonly BenchCheck[] = [
  {
    name: 'rows are arrays in the order of the columns, even where two bear one name',
    run: ({ connected }) => connected(async (connection) => {
      const { rows } = await connection.execute(raw("select 1 as a, 'x' as b, 2 as a", [], { kind: 'select', returns: [{ kind: 'integer' }, { kind: 'text' }, { kind: 'integer' }] }))
      expectTrue(Array.isArray(rows[0]), 'a row is no array')
      expectEqual(rows, [[1, 'x', 2]], 'the row')
    }),
  },
  {
    name: 'null goes in and comes out',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      await connection.execute(insertPeople(on, [1, null], [2, 'null'], [3, '']))
      expectEqual((await connection.execute(selectPeople(on))).rows, [[1, null], [2, 'null'], [3, '']], 'the rows')
    })),
  },
  {
    name: 'a select of nothing gives no rows',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      expectEqual((await connection.execute(selectPeople(on))).rows, [], 'the rows')
    })),
  },
  {
    name: 'a column named __proto__ is a column',
    run: ({ connected, dialect }) => connected(async (connection) => {
      const mark = dialect.identifier.quote
      const { rows } = await connection.execute(raw(`select 1 as ${mark}__proto__${mark}, 2 as ${mark}constructor${mark}`, [], { kind: 'select', returns: [{ kind: 'integer' }, { kind: 'integer' }] }))
      expectEqual(rows, [[1, 2]], 'the row')
      expectEqual(Object.keys(Object.prototype), [], 'the prototype of all objects')
    }),
  },
  {
    name: 'matched counts the rows found, changed or not',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      expectEqual((await connection.execute(insertPeople(on, [1, 'a'], [2, 'b'], [3, 'c']))).matched, 3, 'matched by an insert of three rows')
      expectEqual((await connection.execute(renamePerson(on, 1, 'a'))).matched, 1, 'matched by an update that changes nothing')
      expectEqual((await connection.execute(renamePerson(on, 9, 'a'))).matched, 0, 'matched by an update of no row')
      const remove = on.compiled({ _tag: 'deleteRows', table: 'relata_people', key: [{ name: 'id', type: { kind: 'integer' } }], rows: 1 })
      expectEqual((await connection.execute(remove.query([1, 2, 9]))).matched, 2, 'matched by a delete of two rows of three')
    })),
  },
  {
    name: 'an update of many rows gives each its own values and counts them',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      await connection.execute(insertPeople(on, [1, 'a'], [2, 'b'], [3, 'c']))
      const update = on.compiled({
        _tag: 'updateRows', table: 'relata_people', rows: 1, returning: [],
        set: [{ name: 'name', type: { kind: 'text' }, write: { _tag: 'value' } }], key: [{ name: 'id', type: { kind: 'integer' } }],
      })
      expectEqual((await connection.execute(update.query(['x', 1, null, 3, 'y', 9]))).matched, 2, 'matched')
      expectEqual((await connection.execute(selectPeople(on))).rows, [[1, 'x'], [2, 'b'], [3, null]], 'the rows')
    })),
  },
  {
    name: 'the keys that the database makes come back in the order of the rows',
    run: (on) => on.withTables([numbered], () => on.connected(async (connection) => {
      const { insertId, insertIdsConsecutive, returning } = on.driver.capabilities
      const insert = on.compiled({
        _tag: 'insert', table: 'relata_numbered', rows: 1,
        columns: [{ name: 'name', type: { kind: 'text' }, write: { _tag: 'value' } }],
        returning: returning.insert ? [{ name: 'id', type: { kind: 'integer' } }, { name: 'name', type: { kind: 'text' } }] : [],
      })
      const first = await connection.execute(insert.query(['z']))
      const more = await connection.execute(insert.query(['c', 'a', 'b']))
      const stored = (await connection.execute(raw('select id, name from relata_numbered order by id', [], { kind: 'select', returns: [{ kind: 'integer' }, { kind: 'text' }] }))).rows
      expectEqual(stored.map(([, name]) => name), ['z', 'c', 'a', 'b'], 'the names in the order of their keys')
      if (returning.insert) {
        expectEqual([...first.rows, ...more.rows], stored, 'the rows returned')
        return
      }
      if (insertId === 'none') return
      expectEqual(Number(first.insertId), stored[0]?.[0], 'the key of the one row')
      const expected = insertId === 'first' ? stored[1]?.[0] : stored[3]?.[0]
      if (insertIdsConsecutive) expectEqual(Number(more.insertId), expected, `the ${insertId} key of three rows`)
    })),
  },
  {
    name: 'one text serves many values',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      for (let id = 1; id <= 20; id += 1) await connection.execute(insertPeople(on, [id, `name ${id}`]))
      expectEqual((await connection.execute(selectPeople(on))).rows.length, 20, 'the number of rows')
    })),
  },
  {
    name: 'a statement that was prepared before its table was made anew takes the values of the new one',
    run: async (on) => {
      const fill = async (value: Column<unknown>, given: unknown): Promise<void> => {
        await on.withTables([table('relata_changing', { id: column(integer, { primaryKey: true, autoincrement: false }), value })], () => on.connected(async (connection) => {
          const type = value.type.database
          const insert = on.compiled({
            _tag: 'insert', table: 'relata_changing', rows: 1, returning: [],
            columns: [{ name: 'id', type: { kind: 'integer' }, write: { _tag: 'value' } }, { name: 'value', type, write: { _tag: 'value' } }],
          })
          await connection.execute(insert.query([1, given]))
          expectEqual((await connection.execute(raw('select id, value from relata_changing', [], { kind: 'select', returns: [{ kind: 'integer' }, type] }))).rows, [[1, given]], 'the row')
        }))
      }
      await fill(column(integer), 7)
      await fill(column(text), '007')
      await fill(column(real), 0.5)
    },
  },
  {
    name: 'executeMany gives the rows matched by each set of values',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      await connection.execute(insertPeople(on, [1, 'a'], [2, 'b']))
      const query = renamePerson(on, 1, 'x')
      const sets = [['x', 1], ['y', 9], ['z', 2]]
      const matched = await (connection.executeMany?.(query, sets) ?? executeManyByDefault(connection, query, sets))
      expectEqual(matched, [1, 0, 1], 'matched')
      expectEqual((await connection.execute(selectPeople(on))).rows, [[1, 'x'], [2, 'z']], 'the rows')
    })),
  },
  {
    name: 'pipeline gives the results in the order of the queries',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      const queries = [insertPeople(on, [1, 'a']), insertPeople(on, [2, 'b']), selectPeople(on)]
      const found = await (connection.pipeline?.(queries) ?? pipelineByDefault(connection, queries))
      expectEqual(found.map(({ matched, rows }, at) => at < 2 ? matched : rows), [1, 1, [[1, 'a'], [2, 'b']]], 'the results')
    })),
  },
  {
    name: 'a thousand rows go in by one statement after another within the parameter limit',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      const insert = on.compiled({
        _tag: 'insert', table: 'relata_people', rows: 1, returning: [],
        columns: [{ name: 'id', type: { kind: 'integer' }, write: { _tag: 'value' } }, { name: 'name', type: { kind: 'text' }, write: { _tag: 'value' } }],
      })
      for (let start = 0; start < 1000; start += insert.maxRows) {
        const count = Math.min(insert.maxRows, 1000 - start)
        await connection.execute(insert.query(Array.from({ length: count }, (_, at) => [start + at, `name ${start + at}`]).flat()))
      }
      const { rows } = await connection.execute(selectPeople(on))
      expectEqual([rows.length, rows[999]], [1000, [999, 'name 999']], 'the rows')
    })),
  },
]
