// What ends early: streams, signals, deadlines, connections that are lost.

import { streamByDefault } from '../driver/defaults.js'
import type { Connection, ExecuteOptions } from '../driver/driver.js'
import type { Query } from '../driver/query.js'
import type { Bench, BenchCheck } from './check.js'
import { expectEqual, expectError, expectTrue, insertPeople, people, raw, selectPeople } from './check.js'
import type { ContractOptions } from './options.js'

type Batches = AsyncIterable<readonly (readonly unknown[])[]>

const streamed = (connection: Connection, query: Query, options: ExecuteOptions & { readonly batch?: number }): Batches =>
  connection.stream?.(query, options) ?? streamByDefault(connection, query, options)

const hundred = (on: Bench): Query => insertPeople(on, ...Array.from({ length: 100 }, (_, id): readonly [number, string] => [id, `name ${id}`]))

const aborted = (): AbortSignal => {
  const controller = new AbortController()
  controller.abort()
  return controller.signal
}

export const interruption = (options: ContractOptions): readonly BenchCheck[] => [
  {
    name: 'a stream gives all rows in batches',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      await connection.execute(hundred(on))
      const sizes: number[] = []
      const ids: unknown[] = []
      for await (const batch of streamed(connection, selectPeople(on), { batch: 30 })) {
        sizes.push(batch.length)
        ids.push(...batch.map(([id]) => id))
      }
      expectEqual(ids, Array.from({ length: 100 }, (_, id) => id), 'the rows')
      expectTrue(sizes.every((size) => size > 0 && size <= 30), `batches have ${sizes.join(', ')} rows: none may be empty or larger than asked for`)
    })),
  },
  {
    name: 'a stream of nothing gives no batch',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      for await (const batch of streamed(connection, selectPeople(on), {})) expectEqual(batch, [], 'a batch')
    })),
  },
  {
    name: 'a stream that is left early leaves the connection clean',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      await connection.begin()
      await connection.execute(hundred(on))
      let seen = 0
      for await (const batch of streamed(connection, selectPeople(on), { batch: 10 })) {
        seen += batch.length
        if (seen >= 20) break
      }
      await connection.execute(insertPeople(on, [1000, 'after']))
      await connection.commit()
      expectEqual((await connection.execute(selectPeople(on))).rows.length, 101, 'the rows afterwards')
    })),
  },
  {
    name: 'a stream of what is no statement rejects',
    run: ({ connected }) => connected(async (connection) => {
      const read = async (): Promise<void> => { for await (const batch of streamed(connection, raw('selec 1', [], { kind: 'select' }), {})) expectEqual(batch, [], 'a batch') }
      await expectError(read(), 'a misspelt word', 'syntax')
      await connection.execute(raw('select 1', [], { kind: 'select' }))
    }),
  },
  {
    name: 'a signal that was given already sends nothing',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      await expectError(connection.execute(insertPeople(on, [1, 'a']), { signal: aborted() }), 'an aborted insert', 'cancelled')
      expectEqual((await connection.execute(selectPeople(on))).rows, [], 'the rows')
    })),
  },
  {
    name: 'a deadline that has passed sends nothing',
    run: (on) => on.withTables([people], () => on.connected(async (connection) => {
      await expectError(connection.execute(insertPeople(on, [1, 'a']), { deadline: 1 }), 'an insert past its deadline', 'timeout')
      expectEqual((await connection.execute(selectPeople(on))).rows, [], 'the rows')
    })),
  },
  ...(options.slowQuery === undefined ? [] : whileRunning(options.slowQuery)),
  ...(options.kill === undefined ? [] : whenLost(options.kill)),
]

/** A query that was interrupted settles soon; its connection goes on, or says that it is broken. */
const whileRunning = (slowQuery: (seconds: number) => string): readonly BenchCheck[] => {
  const interrupted = (how: 'signal' | 'deadline', begin: () => ExecuteOptions): BenchCheck => ({
    name: `a ${how} ends a query that is running`,
    run: async ({ driver }) => {
      const connection = await driver.acquire()
      const started = performance.now()
      await expectError(connection.execute(raw(slowQuery(20), [], { kind: 'select' }), begin()), 'the query', how === 'signal' ? 'cancelled' : 'timeout')
      const took = performance.now() - started
      expectTrue(took < 5000, `the query settled only after ${Math.round(took)} ms`)
      if (!connection.broken) await connection.execute(raw('select 1', [], { kind: 'select' }))
      await driver.release(connection)
      const next = await driver.acquire()
      await next.execute(raw('select 1', [], { kind: 'select' }))
      await driver.release(next)
    },
  })
  return [
    interrupted('signal', () => {
      const controller = new AbortController()
      setTimeout(() => controller.abort(), 200)
      return { signal: controller.signal }
    }),
    // Rounding up a clock that did not start with ours: the deadline is in milliseconds since the epoch.
    interrupted('deadline', () => ({ deadline: Date.now() + 200 })),
  ]
}

/** A connection that is lost says so, is never lent again, and every promise on it settles. */
const whenLost = (kill: NonNullable<ContractOptions['kill']>): readonly BenchCheck[] => [
  {
    name: 'a lost connection is broken, is never lent again, and leaves nothing behind',
    run: (on) => on.withTables([people], async () => {
      const connection = await on.driver.acquire()
      await connection.begin()
      await connection.execute(insertPeople(on, [1, 'a']))
      await kill(connection, on.driver)
      await expectError(connection.execute(insertPeople(on, [2, 'b'])), 'a statement on the lost connection', 'connection lost')
      expectTrue(connection.broken, 'the lost connection does not say that it is broken')
      await expectError(connection.execute(selectPeople(on)), 'another statement on it', 'connection lost', 'closed')
      await on.driver.release(connection)
      expectEqual(await on.connected(async (next) => (await next.execute(selectPeople(on))).rows), [], 'the rows')
    }),
  },
  {
    name: 'a commit on a lost connection never reports success',
    run: (on) => on.withTables([people], async () => {
      const connection = await on.driver.acquire()
      await connection.begin()
      await connection.execute(insertPeople(on, [1, 'a']))
      await kill(connection, on.driver)
      await expectError(connection.commit(), 'the commit', 'connection lost', 'commit unknown')
      await on.driver.release(connection)
    }),
  },
]
