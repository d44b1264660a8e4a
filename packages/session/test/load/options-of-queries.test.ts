// What each option of a query does, for which path, and what is refused.

import {
  alias, any, asc, containsEager, defaultload, defer, deferAll, eq, gt, immediateload, isNull, join, joinedload, lazyload, limit, loadOnly, noload, ofType, only, options, orderBy, populateExisting, raiseload, recursionDepth, select, selectinload,
  subqueryload, undeferAll, where, wildcard, withLoaderCriteria, type LoaderOption, type Of, type SelectDescriptor,
} from '@relata/core'
import { all, append, create, get, isLoaded, load, set, type Db } from '@relata/session'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { over, refusalOver, storeWith } from './store.js'

const store = storeWith()
const { User, Address, Order, Item, Folder } = store.entities
const eager = storeWith({ 'User.addresses': { lazy: 'joined' }, 'User.orders': { lazy: 'selectin' } })
const { User: Eager } = eager.entities
const users = pipe(select(User), orderBy(asc(User.id)))
const ann = pipe(select(User), where(eq(User.id, 1)))
const ids = (found: readonly { readonly id: number }[]): readonly number[] => found.map(({ id }) => id)
const tables = (selects: readonly string[]): readonly string[] => selects.map((each) => each.split(' ')[1] ?? '')
const loadedOf = (user: object): readonly boolean[] => [isLoaded(Eager.addresses)(user), isLoaded(Eager.orders)(user)]

describe('an option takes the place of the mapped strategy', () => {
  const eagerly = pipe(select(Eager), where(eq(Eager.id, 1)))
  const loaded = async (query: Db<readonly object[]>) => { const { result, selects } = await over(eager, pipe(query, RTE.map((found) => found.map(loadedOf)))); return [...result[0] ?? [], selects.length] }

  test.each([
    ['nothing', undefined, [true, true, 2]],
    ['lazyload', options(lazyload(Eager.addresses)), [false, true, 2]], ['raiseload', options(raiseload(Eager.addresses)), [false, true, 2]], ['noload', options(noload(Eager.addresses)), [true, true, 2]],
    ['joinedload', options(joinedload(Eager.orders)), [true, true, 1]], ['selectinload', options(selectinload(Eager.addresses)), [true, true, 3]],
    ['subqueryload', options(subqueryload(Eager.addresses)), [true, true, 3]], ['immediateload', options(immediateload(Eager.addresses)), [true, true, 3]], ['defaultload', options(defaultload(Eager.addresses)), [true, true, 2]],
  ] as const)('%s, for its path alone', async (_name, option, expected) => {
    const optioned = option as ((query: typeof eagerly) => typeof eagerly) | undefined // what it leaves of the type does not matter here
    expect(await loaded(all(optioned === undefined ? eagerly : optioned(eagerly)))).toEqual(expected)
  })

  test('and for its query alone', async () => {
    const { result } = await over(eager, pipe(all(pipe(eagerly, options(lazyload(Eager.addresses)))), RTE.chain(() => all(pipe(select(Eager), where(eq(Eager.id, 2))))), RTE.map((found) => found.map(loadedOf))))
    expect(result).toEqual([[true, true]])
  })
})

describe('a wildcard', () => {
  test("'lazy' turns off everything that the mapping loads", async () => {
    const { result, selects } = await over(eager, pipe(all(pipe(select(Eager), where(eq(Eager.id, 1)), options(wildcard('lazy')))), RTE.map((found) => found.map(loadedOf))))
    expect([result, selects.length]).toEqual([[[false, false]], 1])
  })

  test('gives way to what is said of a path, wherever that stands', async () => {
    for (const option of [options(wildcard('lazy'), joinedload(Eager.orders)), options(joinedload(Eager.orders), wildcard('lazy'))]) {
      const { result } = await over(eager, pipe(all(pipe(select(Eager), where(eq(Eager.id, 1)), option)), RTE.map((found) => found.map(loadedOf))))
      expect(result).toEqual([[false, true]])
    }
  })

  test('at the end of a path is for every relationship of what is there', async () => {
    const { result, selects } = await over(store, pipe(all(pipe(ann, options(joinedload(User.orders, wildcard('joined', Order))))), RTE.map(([user]) => user!.orders.map((order) => [isLoaded(Order.items)(order), isLoaded(Order.address)(order)]))))
    expect([result, selects.length]).toEqual([[[true, true], [true, true]], 1])
  })

  test('is no relationship that something could stand below', () => {
    // @ts-expect-error -- it is the end of a path
    expect(() => selectinload(wildcard('joined'))).toThrow('is no relationship')
  })
})

describe('a path that does not fit is refused', () => {
  const untyped = (option: object): Db<unknown> => all({ ...ann, options: [option as LoaderOption] } as never)
  const data = (option: object): LoaderOption => option as LoaderOption

  test('by the names of what it starts from and of what is there', async () => {
    expect(await refusalOver(store, untyped(selectinload(Address.user)))).toMatchObject({ code: 'argument', message: "an option starts from 'Address', and this level of the query loads 'User'" })
    expect(await refusalOver(store, untyped({ ...data(selectinload(User.orders)), below: [data(selectinload(User.addresses))] }))).toMatchObject({ code: 'argument', message: "an option starts from 'User', and this level of the query loads 'Order'" })
    expect(await refusalOver(store, untyped(loadOnly(Address.email)))).toMatchObject({ code: 'argument' })
  })

  test('on a query of rows, which have no relationships', async () => {
    const query: SelectDescriptor = select({ id: User.id })
    expect(await refusalOver(store, all({ ...query, options: [data(selectinload(User.addresses))] } as never))).toMatchObject({ code: 'argument', message: 'loader options say how objects are loaded, and this query gives plain rows' })
  })

  test('where criteria stand within it', async () => {
    expect(await refusalOver(store, untyped({ ...data(selectinload(User.orders)), below: [data(withLoaderCriteria(Order, gt(Order.id, 1)))] }))).toMatchObject({ code: 'invalid-request' })
  })
})

describe('columns', () => {
  test('that are chosen below a path are chosen there alone, with the key', async () => {
    const { result } = await over(store, pipe(all(pipe(select(Order), where(eq(Order.id, 1)), options(joinedload(Order.user, loadOnly(User.name)), joinedload(Order.address)))), RTE.map(([order]) => [
      isLoaded(Order.total)(order!), isLoaded(User.id)(order!.user!), isLoaded(User.name)(order!.user!), isLoaded(User.city)(order!.user!), isLoaded(Address.email)(order!.address!),
    ])))
    expect(result).toEqual([true, true, true, false, true])
  })

  test('of the key come whatever is said', async () => {
    const { result } = await over(store, pipe(all(pipe(ann, options(defer(User.id)))), RTE.map(([user]) => [user!.id, user!.name])))
    expect(result).toEqual([1, 'ann'])
  })

  test('may all be left out, and all be brought back', async () => {
    const { result } = await over(store, pipe(all(pipe(ann, options(deferAll(User)))), RTE.map(([user]) => [user!.id, isLoaded(User.name)(user!)]), RTE.chain((bare) => pipe(all(pipe(ann, populateExisting, options(deferAll(User), undeferAll(User)))), RTE.map(([user]) => [...bare, isLoaded(User.name)(user!)])))))
    expect(result).toEqual([1, false, true])
  })
})

describe('a condition of an option', () => {
  const condition = only(gt(Address.id, 1))
  test.each<readonly [string, Db<ReadonlyArray<Of<typeof User>>>, string]>([
    ['joined', all(pipe(ann, options(joinedload(User.addresses, condition)))), 'from users as users_1 left join addresses as addresses_1 on users_1.id = addresses_1.user_id and addresses_1.id > ? where users_1.id = ? order by addresses_1.id'],
    ['selectin', all(pipe(ann, options(selectinload(User.addresses, condition)))), 'from addresses as addresses_1 where addresses_1.user_id in (?) and addresses_1.id > ? order by addresses_1.id'],
    ['subquery', all(pipe(ann, options(subqueryload(User.addresses, condition)))), 'from (select users_1.id as users_1_id from users as users_1 where users_1.id = ?) as parents_1 join addresses as addresses_1 on parents_1.users_1_id = addresses_1.user_id where addresses_1.id > ? order by addresses_1.id'],
    ['lazy', all(pipe(ann, options(lazyload(User.addresses, condition)))), 'from addresses as addresses_1 where ? = addresses_1.user_id and addresses_1.id > ? order by addresses_1.id'],
    ['default', all(pipe(ann, options(defaultload(User.addresses, condition)))), 'from addresses as addresses_1 where ? = addresses_1.user_id order by addresses_1.id'],
  ])('%s', async (_how, query, text) => {
    const { selects } = await over(store, pipe(query, RTE.map(([user]) => user!), RTE.chain(load(User.addresses))))
    expect(selects.at(-1)).toBe(text)
  })
})

describe('criteria of an entity', () => {
  const recent = options(withLoaderCriteria(Address, gt(Address.id, 1)))

  test('hold for the query, its joins, its eager loads and its EXISTS', async () => {
    const top = await over(store, all(pipe(select(Address), recent)))
    expect(top.selects).toEqual(['from addresses as addresses_1 where addresses_1.id > ?'])
    const joinedTo = await over(store, all(pipe(select(User), join(User.addresses), recent)))
    expect(joinedTo.selects).toEqual(['from users as users_1 join addresses as addresses_1 on users_1.id = addresses_1.user_id and addresses_1.id > ?'])
    const eagerly = await over(store, all(pipe(select(User), options(joinedload(User.addresses), selectinload(User.orders, subqueryload(Order.address))), recent)))
    expect(eagerly.selects[0]).toContain('left join addresses as addresses_1 on users_1.id = addresses_1.user_id and addresses_1.id > ?')
    expect(eagerly.selects[2]).toContain('.id > ?')
    const asked = await over(store, all(pipe(select(User), where(any(User.addresses)), recent)))
    expect(asked.selects).toEqual(['from users as users_1 where exists (select 1 from addresses as addresses_1 where users_1.id = addresses_1.user_id and addresses_1.id > ?)'])
  })

  test('spare aliases, unless they include them', async () => {
    const Other = alias(Address, 'Other')
    const without = await over(store, all(pipe(select(User), join(User.addresses, Other), recent)))
    expect(without.selects).toEqual(['from users as users_1 join addresses as addresses_1 on users_1.id = addresses_1.user_id'])
    const included = await over(store, all(pipe(select(User), join(User.addresses, Other), options(withLoaderCriteria(Address, gt(Address.id, 1), { includeAliases: true })))))
    expect(included.selects).toEqual(['from users as users_1 join addresses as addresses_1 on users_1.id = addresses_1.user_id and addresses_1.id > ?'])
  })
})

describe('containsEager', () => {
  test('reads every step of its path from joins of the query, and adds none', async () => {
    const { result, selects } = await over(store, pipe(all(pipe(users, join(User.orders), join(Order.items), where(eq(Item.label, 'pen')), options(containsEager(User.orders, containsEager(Order.items))))), RTE.map((found) => found.map(({ orders }) => orders.map(({ id, items }) => [id, ids(items)])))))
    expect(result).toEqual([[[1, [1]], [2, [1]]]])
    expect(selects).toEqual(['from users as users_1 join orders as orders_1 on users_1.id = orders_1.user_id join (order_items as order_items_1 join items as items_1 on items_1.id = order_items_1.item_id) on orders_1.id = order_items_1.order_id where items_1.label = ? order by users_1.id'])
  })

  test('reads from an alias where ofType says so', async () => {
    const Home = alias(Address, 'Home')
    const { result } = await over(store, pipe(all(pipe(users, join(User.addresses, Home), where(eq(Home.email, 'b@y')), options(containsEager(ofType(User.addresses, Home))))), RTE.map((found) => found.map(({ addresses }) => ids(addresses)))))
    expect(result).toEqual([[2]])
  })

  test('under a limit counts the rows of the join', async () => {
    const { result, selects } = await over(store, pipe(all(pipe(select(User), join(User.addresses), orderBy(asc(Address.id)), limit(3), options(containsEager(User.addresses)))), RTE.map((found) => found.map(({ addresses }) => ids(addresses)))))
    expect(result).toEqual([[1, 2], [3]])
    expect(selects).toEqual(['from users as users_1 join addresses as addresses_1 on users_1.id = addresses_1.user_id order by addresses_1.id limit ?'])
  })

  test('leaves a list that is loaded, and replaces it with populateExisting', async () => {
    const query = pipe(users, join(User.addresses), where(eq(Address.id, 2)), options(containsEager(User.addresses)))
    const kept = await over(store, pipe(all(pipe(ann, options(selectinload(User.addresses)))), RTE.chain(() => all(query)), RTE.map((found) => found.map(({ addresses }) => ids(addresses)))))
    expect(kept.result).toEqual([[1, 2]])
    const replaced = await over(store, pipe(all(pipe(ann, options(selectinload(User.addresses)))), RTE.chain(() => all(pipe(query, populateExisting))), RTE.map((found) => found.map(({ addresses }) => ids(addresses)))))
    expect(replaced.result).toEqual([[2]])
  })

  test('finds no join to read from, and says what to do', async () => {
    expect(await refusalOver(store, all(pipe(select(User), options(containsEager(User.addresses)))))).toMatchObject({ code: 'argument', message: 'contains(User.addresses) finds no join to read it from' })
  })
})

describe('recursionDepth', () => {
  const labels = (found: readonly { readonly children: readonly { readonly label: string }[] }[]): readonly string[] => found.flatMap(({ children }) => children.map(({ label }) => label))
  const root = pipe(select(Folder), where(isNull(Folder.parentId)))

  test('goes so many levels further, by a statement each', async () => {
    const { result, selects } = await over(store, pipe(all(pipe(root, options(selectinload(Folder.children, recursionDepth(1))))), RTE.map((found) => [labels(found), labels(found[0]!.children), isLoaded(Folder.children)(found[0]!.children[0]!.children[0]!)])))
    expect(result).toEqual([['left', 'right'], ['leaf'], false])
    expect(tables(selects)).toEqual(['folders', 'folders', 'folders'])
  })

  test('goes to the end, by selectin or one by one', async () => {
    for (const [option, statements] of [[options(selectinload(Folder.children, recursionDepth(-1))), 5], [options(immediateload(Folder.children, recursionDepth(-1))), 6]] as const) {
      const { result, selects } = await over(store, pipe(all(pipe(root, option)), RTE.map(([top]) => top!.children[0]!.children[0]!.children[0]!.label)))
      expect([result, selects.length]).toEqual(['twig', statements])
    }
  })
})

describe('populateExisting', () => {
  test('overwrites what was changed, columns and relationships that the query loads', async () => {
    const changed = pipe(all(pipe(ann, options(joinedload(User.addresses)))), RTE.map(([user]) => { set(User, { name: 'anna' })(user!); append(User.addresses, create(Address, { id: 9, email: 'new' }))(user!) }))
    const { result, writes } = await over(store, pipe(changed, RTE.chain(() => all(pipe(ann, populateExisting, options(joinedload(User.addresses))))), RTE.map(([user]) => [user!.name, ids(user!.addresses)])), { autoflush: false })
    expect(result).toEqual(['ann', [1, 2]])
    expect(writes).toEqual([])
  })

  test('reaches the objects that it loads along', async () => {
    const changed = pipe(all(pipe(ann, options(joinedload(User.addresses)))), RTE.map(([user]) => { set(Address, { email: 'changed' })(user!.addresses[0]!) }))
    for (const option of [options(joinedload(User.addresses)), options(selectinload(User.addresses)), options(subqueryload(User.addresses))]) {
      const { result } = await over(store, pipe(changed, RTE.chain(() => all(pipe(ann, populateExisting, option))), RTE.map(([user]) => user!.addresses[0]!.email)), { autoflush: false })
      expect(result).toBe('a@x')
    }
  })

  test('of a get reads the row again', async () => {
    const { result, selects } = await over(store, pipe(get(User, 1), RTE.map((found) => { set(User, { name: 'anna' })(O.toUndefined(found)!) }), RTE.chain(() => get(User, 1, { populateExisting: true })), RTE.map((found) => O.toUndefined(found)!.name)), { autoflush: false })
    expect([result, selects.length]).toEqual(['ann', 2])
  })
})
