// Transactions and savepoints, and connections that are given back.

import type { BenchCheck } from './check.js'
import { expectEqual, expectError, expectTrue, insertPeople, people, raw, selectPeople } from './check.js'

export const transactions: readonly BenchCheck[] = [
  {
    name: 'what is committed stays',
    run: (on) => on.withTables([people], async () => {
      await on.connected(async (connection) => {
        await connection.begin()
        await connection.execute(insertPeople(on, [1, 'a']))
        await connection.commit()
      })
      expectEqual(await on.connected(async (connection) => (await connection.execute(selectPeople(on))).rows), [[1, 'a']], 'the rows')
    }),
  },
  {
    name: 'what is rolled back is gone, and the next transaction is a new one',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      await connection.begin()
      await connection.execute(insertPeople(on, [1, 'a']))
      await connection.rollback()
      expectEqual((await connection.execute(selectPeople(on))).rows, [], 'the rows after the rollback')
      await connection.begin()
      await connection.execute(insertPeople(on, [2, 'b']))
      await connection.commit()
      expectEqual((await connection.execute(selectPeople(on))).rows, [[2, 'b']], 'the rows after the second transaction')
    })),
  },
  {
    name: 'savepoints nest',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      if (!on.driver.capabilities.savepoints) return
      await connection.begin()
      await connection.execute(insertPeople(on, [1, 'a']))
      await connection.savepoint('one')
      await connection.execute(insertPeople(on, [2, 'b']))
      await connection.savepoint('two')
      await connection.execute(insertPeople(on, [3, 'c']))
      await connection.rollbackToSavepoint('two')
      await connection.execute(insertPeople(on, [4, 'd']))
      await connection.releaseSavepoint('two')
      expectEqual((await connection.execute(selectPeople(on))).rows, [[1, 'a'], [2, 'b'], [4, 'd']], 'the rows inside')
      await connection.rollbackToSavepoint('one')
      await connection.releaseSavepoint('one')
      await connection.commit()
      expectEqual((await connection.execute(selectPeople(on))).rows, [[1, 'a']], 'the rows outside')
    })),
  },
  {
    name: 'a savepoint may bear any name',
    run: ({ connected, driver }) => connected(async (connection) => {
      if (!driver.capabilities.savepoints) return
      await connection.begin()
      for (const name of ['sp_1', 'select', 'a"b', 'a`b', "it's; --"]) {
        await connection.savepoint(name)
        await connection.rollbackToSavepoint(name)
        await connection.releaseSavepoint(name)
      }
      await connection.rollback()
    }),
  },
  {
    name: 'after an error in a transaction a rollback, or one to a savepoint, leads on',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      const { errorAbortsTransaction, savepoints } = on.driver.capabilities
      await connection.begin()
      await connection.execute(insertPeople(on, [1, 'a']))
      if (savepoints) await connection.savepoint('before')
      await expectError(connection.execute(insertPeople(on, [1, 'again'])), 'a key that is there already', 'unique')
      if (!errorAbortsTransaction) expectEqual((await connection.execute(selectPeople(on))).rows, [[1, 'a']], 'the rows after the error')
      if (savepoints) {
        await connection.rollbackToSavepoint('before')
        expectEqual((await connection.execute(selectPeople(on))).rows, [[1, 'a']], 'the rows after the rollback to the savepoint')
        await connection.commit()
        expectEqual((await connection.execute(selectPeople(on))).rows, [[1, 'a']], 'the rows after the commit')
      } else {
        await connection.rollback()
        expectEqual((await connection.execute(selectPeople(on))).rows, [], 'the rows after the rollback')
      }
    })),
  },
  {
    name: 'a read-only transaction refuses writes, and the next one does not',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      await connection.begin({ readOnly: true })
      await expectError(connection.execute(insertPeople(on, [1, 'a'])), 'a write', 'read only')
      await connection.rollback()
      await connection.execute(insertPeople(on, [1, 'a']))
      expectEqual((await connection.execute(selectPeople(on))).rows, [[1, 'a']], 'the rows')
    })),
  },
  {
    name: 'a serializable transaction runs',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      await connection.begin({ isolation: 'serializable' })
      await connection.execute(insertPeople(on, [1, 'a']))
      await connection.commit()
      expectEqual((await connection.execute(selectPeople(on))).rows, [[1, 'a']], 'the rows')
    })),
  },
  {
    name: 'a connection given back in a transaction is never lent inside it',
    run: (on) => on.withTables([people], async () => {
      const connection = await on.driver.acquire()
      await connection.begin()
      await connection.execute(insertPeople(on, [1, 'a']))
      await on.driver.release(connection)
      await on.connected(async (next) => {
        expectEqual((await next.execute(selectPeople(on))).rows, [], 'the rows that the next borrower sees')
        await next.begin()
        await next.execute(insertPeople(on, [2, 'b']))
        await next.commit()
      })
      expectEqual(await on.connected(async (next) => (await next.execute(selectPeople(on))).rows), [[2, 'b']], 'the rows in the end')
    }),
  },
  {
    name: 'a connection that was given back is refused to whoever still holds it',
    run: (on) => on.withTables([people], async () => {
      const connection = await on.driver.acquire()
      await on.driver.release(connection)
      await expectError(connection.execute(insertPeople(on, [1, 'a'])), 'a write by a connection that was given back', 'closed', 'connection lost')
      expectEqual(await on.connected(async (next) => (await next.execute(selectPeople(on))).rows), [], 'the rows')
    }),
  },
  {
    name: 'a connection is lent again and again',
    run: ({ driver }) => (async () => {
      for (let count = 0; count < 30; count += 1) {
        const connection = await driver.acquire()
        expectTrue(!connection.broken, 'a broken connection was lent')
        await connection.execute(raw('select 1', [], { kind: 'select' }))
        await driver.release(connection)
      }
    })(),
  },
]
