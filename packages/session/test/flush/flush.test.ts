import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { column, entities, entity, integer, registry, relationship, select, table, text, type Model, plannedRows } from '@relata/core'
import { sqlite } from '@relata/adapters/sqlite'
import { add, all, append, attempt, commit, create, createAll, destroy, disconnect, dryRun, expungeAll, flush, flushWith, remove, rollback, run, set, sql, stateOf, type Db } from '@relata/session'
import { Address, blog, inMemory, User } from '../blog.js'

const then = <A, B>(next: (a: A) => Db<B>) => RTE.chain(next)

describe('what is sent', () => {
  test('nothing for a session without changes', async () => {
    const { statements } = await inMemory(flush)
    expect(statements).toEqual([])
  })

  test('new rows in one statement a table, parents first, keys and copies in the objects', async () => {
    const people = ['ed', 'wendy', 'jack'].map((name) => create(User, { name, addresses: [create(Address, { email: `${name}@x` }), create(Address, { email: `${name}@y` })] }))
    const { statements } = await inMemory(pipe(add(...people), then(() => flush)))
    expect(statements).toEqual(['insert users 3', 'insert addresses 6'])
    expect(people.map(({ id, addresses }) => [id, addresses.map((address) => [address.id, address.userId])])).toEqual([
      [1, [[1, 1], [2, 1]]], [2, [[3, 2], [4, 2]]], [3, [[5, 3], [6, 3]]],
    ])
  })

  test('only what changed, and nothing for a value set back', async () => {
    const ed = create(User, { name: 'ed' })
    const { statements } = await inMemory(pipe(
      add(ed), then(() => flush),
      then(() => { pipe(ed, set(User, { name: 'x' }), set(User, { name: 'ed' })); return flush }),
      then(() => { pipe(ed, set(User, { nick: 'e' })); return flush }),
    ))
    expect(statements).toEqual(['insert users 1', 'update users 1'])
  })

  test('a member removed lets go of its key, one moved takes another', async () => {
    const [a, b] = [create(Address, { email: 'a' }), create(Address, { email: 'b' })]
    const ed = create(User, { name: 'ed', addresses: [a, b] })
    const jack = create(User, { name: 'jack' })
    const { statements } = await inMemory(pipe(
      add(ed, jack), then(() => flush),
      then(() => { pipe(ed, remove(User.addresses, a, b)); pipe(jack, append(User.addresses, b)); return flush }),
    ))
    expect(statements.slice(2)).toEqual(['update addresses 2'])
    expect([a.userId, b.userId]).toEqual([null, jack.id])
  })

  test('deleting a parent loads its members and lets them go', async () => {
    const ed = create(User, { name: 'ed', addresses: [create(Address, { email: 'a' })] })
    const { statements } = await inMemory(pipe(
      add(ed), then(() => commit), then(() => expungeAll), then(() => all(select(User))), then((found) => destroy(...found)), then(() => flush),
    ))
    expect(statements.slice(2)).toEqual(['select users 1', 'select addresses 1', 'update addresses 1', 'delete users 1'])
  })

  test('more rows than a statement carries go in several', async () => {
    const people = Array.from({ length: 250 }, (_, at) => create(User, { name: `${at}` }))
    const { statements } = await inMemory(pipe(add(...people), then(() => flush)))
    expect(statements).toEqual(['insert users 100', 'insert users 100', 'insert users 50'])
    expect(people.map(({ id }) => id)).toEqual(people.map((_, at) => at + 1))
  })
})

describe('plans', () => {
  test('dryRun says what would happen and why, and changes nothing', async () => {
    const ed = create(User, { name: 'ed', addresses: [create(Address, { email: 'a' })] })
    const { result: { plan, state }, statements } = await inMemory(pipe(add(ed), then(() => dryRun), RTE.map((planned) => ({ plan: planned, state: stateOf(ed) }))))
    expect(plan.steps.map((step) => [step._tag, step.table, step.reasons, plannedRows(step).map(({ symbols }) => symbols[0])])).toEqual([
      ['insert', 'users', ['new User'], [undefined]], ['insert', 'addresses', ['new Address'], [{ _tag: 'keyOf', row: 0, attribute: 'id' }]],
    ])
    expect(statements).toEqual([])
    expect([ed.id, state]).toEqual([undefined, 'pending'])
  })

  test('flushWith writes what was approved, and nothing else', async () => {
    const ed = create(User, { name: 'ed' })
    const { result, statements } = await inMemory(pipe(
      add(ed), then(() => flushWith((plan) => plan.steps.length > 1)), then((first) => pipe(flushWith(async (plan) => plan.steps.length === 1), RTE.map((second) => [first, second]))),
    ))
    expect(result).toEqual([false, true])
    expect(statements).toEqual(['insert users 1'])
  })

  test('a plan that was kept as JSON is the approval of just that flush', async () => {
    const ed = create(User, { name: 'ed' })
    const asKept = (kept: string) => flushWith((plan) => JSON.stringify(plan) === kept)
    const { result, statements } = await inMemory(pipe(
      add(ed), then(() => dryRun), RTE.map((plan) => JSON.stringify(plan)),
      then((kept) => pipe(
        asKept(kept), RTE.chainFirst(() => add(create(User, { name: 'jo' }))),
        then((first) => pipe(asKept(kept), RTE.map((second) => [first, second]))),
      )),
    ))
    expect(result).toEqual([true, false])
    expect(statements).toEqual(['insert users 1'])
  })
})

describe('failure', () => {
  test('a row that is gone is stale data, and the session waits for rollback', async () => {
    const ed = create(User, { name: 'ed' })
    const { result } = await inMemory(pipe(
      add(ed), then(() => commit),
      then(() => sql('delete from users')),
      then(() => { pipe(ed, set(User, { name: 'x' })); return flush }),
      RTE.map((): readonly string[] => []),
      RTE.orElse(({ code }) => pipe(commit, RTE.map((): readonly string[] => [code, 'usable']), RTE.orElse((second) => pipe(rollback, RTE.map((): readonly string[] => [code, second.code]))))),
    ))
    expect(result).toEqual(['stale-data', 'pending-rollback'])
    expect(ed.name).toBe('ed')
  })

  test('a constraint that fails leaves new objects transient and the others as they were', async () => {
    const ed = create(User, { name: 'ed' })
    const other = create(User, { id: 1, name: 'other' })
    const { result } = await inMemory(pipe(
      add(ed), then(() => commit), then(() => { pipe(ed, set(User, { nick: 'e' })); return add(other) }), then(() => flush),
      RTE.map((): string => 'flushed'), RTE.orElse(({ code }) => pipe(rollback, RTE.map((): string => code))),
    ))
    expect(result).toBe('integrity')
    expect([stateOf(other), ed.nick]).toEqual(['transient', null])
  })
})

describe('verbs while a flush is in flight', () => {
  test('belong to the next one', async () => {
    const ed = create(User, { name: 'ed' })
    const adapter = sqlite()
    const sent: string[] = []
    const program = pipe(
      createAll(blog), then(() => add(ed)), then(() => flush),
      then(() => { pipe(ed, set(User, { name: 'first' })); return flush }),
      RTE.map(() => { sent.push(`${ed.name} ${String(ed.nick)}`) }),
      then(() => flush),
      then(() => sql('select name, nick from users')),
    )
    const done = await run(blog, adapter, {
      onStatement: ({ kind, query }) => {
        if (kind !== 'update') return
        sent.push(query.sql)
        if (sent.length === 1) attempt(() => pipe(ed, set(User, { nick: 'second' })))
      },
    })(program)()
    await disconnect(adapter)()
    expect(sent).toEqual(['update "users" set "name" = ? where "id" = ?', 'first second', 'update "users" set "nick" = ? where "id" = ?'])
    expect(JSON.stringify(done)).toContain('second')
  })
})

describe('defaults, versions and generated keys', () => {
  let calls = 0
  const items = table('items', {
    id: column(text, { primaryKey: true, default: () => `item-${++calls}` }),
    state: column(text, { serverDefault: "'open'" }),
    rank: column(integer, { default: 5 }),
    version: column(integer),
  })
  const parts = table('parts', { id: column(integer, { primaryKey: true }), itemId: column(text, { references: 'items.id' }) })
  const itemEntities = entities({ Item: entity(items, { parts: relationship('Part') }, { version: 'version' }), Part: entity(parts, {}) })
  interface Items extends Model<typeof itemEntities> {}
  const shop = registry<Items>(itemEntities)
  const { Item, Part } = shop.entities
  const inShop = async <A>(program: Db<A>): Promise<E.Either<unknown, A>> => {
    const adapter = sqlite()
    const done = await run(shop, adapter)(pipe(createAll(shop), RTE.chain(() => program)))()
    await disconnect(adapter)()
    return done
  }

  test('a key made by a function reaches the rows that refer to it; the server fills what it makes', async () => {
    const item = create(Item, { version: 0, parts: [create(Part, { itemId: '' })] })
    const done = await inShop(pipe(add(item), then(() => flush)))
    expect(E.isRight(done)).toBe(true)
    expect(item).toMatchObject({ id: `item-${calls}`, state: 'open', rank: 5, version: 1, parts: [{ itemId: `item-${calls}` }] })
  })
})
