// Withdrawals from pairs of accounts by `transaction` with retries, under SERIALIZABLE: no sum falls below zero, and each withdrawal happens once.

import { column, entities, entity, eq, integer, registry, select, table, where, type Model } from '@relata/core'
import { add, all, commit, create, createAll, disconnect, dropAll, run, set, transaction } from '@relata/session'
import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { seed, servers } from './subjects.js'

const accounts = table('accounts', { id: column(integer, { primaryKey: true, autoincrement: false }), pair: column(integer), balance: column(integer) })
const bankEntities = entities({ Account: entity(accounts, {}) })
interface Bank extends Model<typeof bankEntities> {}
const bank = registry<Bank>(bankEntities)
const { Account } = bank.entities

const transactions = 2000
const workers = 8
const pairs = 5

describe.each(servers)('$name', ({ name, missing, open }) => {
  test.skipIf(missing !== undefined)(`${transactions} transactions${missing === undefined ? '' : `: ${missing}`}`, async () => {
    const adapter = await open()
    const rows = Array.from({ length: pairs * 2 }, (_, id) => create(Account, { id, pair: Math.floor(id / 2), balance: 100 }))
    expect(await run(bank, adapter)(pipe(dropAll(bank), RTE.chain(() => createAll(bank)), RTE.chain(() => add(...rows)), RTE.chain(() => commit)))()).toEqual(E.right(undefined))
    let state = seed
    const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
    const taken = Array.from({ length: pairs }, () => 0)
    const counts = { runs: 0, done: 0 }

    const withdraw = (pair: number, half: number, amount: number) => transaction(pipe(
      RTE.fromIO(() => { counts.runs++ }),
      RTE.chain(() => all(pipe(select(Account), where(eq(Account.pair, pair))))),
      RTE.map((found) => {
        const allowed = found.reduce((sum, { balance }) => sum + balance, 0) >= amount
        const from = found.find(({ id }) => id % 2 === half)
        if (allowed && from !== undefined) set(Account, { balance: from.balance - amount })(from)
        return allowed
      }),
    ), { isolation: 'serializable', retry: { times: 200, delay: 1, random } })
    let next = 0
    const work = async (): Promise<void> => {
      while (next++ < transactions) {
        const [pair, half, amount] = [Math.floor(random() * pairs), Math.floor(random() * 2), Math.floor(random() * 3)]
        const result = await run(bank, adapter)(withdraw(pair, half, amount))()
        if (E.isLeft(result)) throw new Error(`${result.left.code}: ${result.left.message}`, { cause: result.left })
        counts.done++
        if (result.right) taken[pair] = (taken[pair] ?? 0) + amount
      }
    }
    await Promise.all(Array.from({ length: workers }, work))
    const found = await run(bank, adapter)(all(select(Account)))()
    await disconnect(adapter)()
    if (E.isLeft(found)) throw new Error(found.left.message)
    const sums = taken.map((_, pair) => found.right.filter((account) => account.pair === pair).reduce((sum, { balance }) => sum + balance, 0))
    console.info(`${name}: seed ${seed}, ${counts.done} transactions, run ${counts.runs} times, sums ${JSON.stringify(sums)}`)
    expect(sums).toEqual(taken.map((amount) => 200 - amount))
    expect(sums.every((sum) => sum >= 0)).toBe(true)
    expect(counts.runs).toBeGreaterThan(transactions)
  }, 180_000)
})
