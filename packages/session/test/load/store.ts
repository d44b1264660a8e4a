// A store for tests of loading: customers with addresses and orders, orders with items through a secondary, and a tree of folders, each
// relationship mapped as a test says; its rows, and what a program over them sends.

import { column, entities, entity, integer, registry, relationship, table, text, type RegistryDescriptor, type RelationshipOptions } from '@relata/core'
import { sqlite } from '@relata/adapters/sqlite'
import { createAll, disconnect, expungeAll, run, sql, type Db, type RunOptions, type SessionError, type SessionWarning, type StatementEvent } from '@relata/session'
import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'

const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text), city: column(text) })
const addresses = table('addresses', { id: column(integer, { primaryKey: true }), userId: column(integer, { name: 'user_id', references: 'users.id', nullable: true }), email: column(text) })
const orders = table('orders', {
  id: column(integer, { primaryKey: true }), userId: column(integer, { name: 'user_id', references: 'users.id', nullable: true }),
  addressId: column(integer, { name: 'address_id', references: 'addresses.id', nullable: true }), total: column(integer),
})
const items = table('items', { id: column(integer, { primaryKey: true }), label: column(text) })
const orderItems = table('order_items', { orderId: column(integer, { name: 'order_id', primaryKey: true, references: 'orders.id' }), itemId: column(integer, { name: 'item_id', primaryKey: true, references: 'items.id' }) })
const folders = table('folders', { id: column(integer, { primaryKey: true }), parentId: column(integer, { name: 'parent_id', references: 'folders.id', nullable: true }), label: column(text) })

type Key = 'User.addresses' | 'User.orders' | 'Address.user' | 'Order.user' | 'Order.address' | 'Order.items' | 'Folder.children' | 'Folder.parent'
/** What the mapping says of each relationship beside its target. The types know nothing of it: what is there is what `load` gives. */
export type Mapped = Readonly<Partial<Record<Key, RelationshipOptions>>>

export const storeWith = (mapped: Mapped = {}) => {
  const said = (key: Key): {} => mapped[key] ?? {}
  return registry(entities({
    User: entity(users, {
      addresses: relationship('Address', { backPopulates: 'user', orderBy: 'addresses.id', ...said('User.addresses') }),
      orders: relationship('Order', { backPopulates: 'user', orderBy: 'orders.id', ...said('User.orders') }),
    }),
    Address: entity(addresses, { user: relationship('User', { backPopulates: 'addresses', ...said('Address.user') }) }),
    Order: entity(orders, {
      user: relationship('User', { backPopulates: 'orders', ...said('Order.user') }), address: relationship('Address', said('Order.address')),
      items: relationship('Item', { secondary: orderItems, orderBy: 'items.id', ...said('Order.items') }),
    }),
    Item: entity(items),
    Folder: entity(folders, {
      children: relationship('Folder', { backPopulates: 'parent', orderBy: 'folders.id', ...said('Folder.children') }),
      parent: relationship('Folder', { backPopulates: 'children', remoteSide: 'folders.id', ...said('Folder.parent') }),
    }),
  }))
}

const storeRows = [
  "insert into users values (1, 'ann', 'Rome'), (2, 'bob', 'Bern'), (3, 'cy', 'Oslo')",
  "insert into addresses values (1, 1, 'a@x'), (2, 1, 'b@y'), (3, 2, 'c@x'), (4, null, 'd@x')",
  'insert into orders values (1, 1, 1, 10), (2, 1, null, 20), (3, 2, 3, 30)',
  "insert into items values (1, 'pen'), (2, 'ink'), (3, 'nib')",
  'insert into order_items values (1, 1), (1, 2), (2, 1), (3, 3)',
  "insert into folders values (1, null, 'root'), (2, 1, 'left'), (3, 1, 'right'), (4, 2, 'leaf'), (5, 4, 'twig')",
]

export interface Sent {
  /** The texts of the selects from their FROM on, without quotes. */
  readonly selects: readonly string[]
  /** The values that they were sent with. */
  readonly values: readonly (readonly unknown[])[]
  /** Other statements, as `kind table rows`. */
  readonly writes: readonly string[]
  readonly warnings: readonly SessionWarning[]
}

const runOver = async <A>(store: RegistryDescriptor, rows: readonly string[], program: Db<A>, options: RunOptions): Promise<Sent & { readonly ended: E.Either<SessionError, A> }> => {
  const adapter = sqlite()
  const selects: string[] = []
  const values: (readonly unknown[])[] = []
  const writes: string[] = []
  const warnings: SessionWarning[] = []
  let isRecording = false
  const onStatement = ({ kind, table: name, rows: count, query }: StatementEvent): void => {
    if (!isRecording) return
    if (kind !== 'select') writes.push(`${kind} ${name} ${count}`)
    else {
      selects.push(query.sql.slice(query.sql.indexOf(' from ') + 1).replaceAll('"', ''))
      values.push(query.params)
    }
  }
  const filled = pipe(createAll(store), RTE.chain(() => RTE.sequenceSeqArray(rows.map((text) => sql(text)))), RTE.chain(() => expungeAll), RTE.map(() => { isRecording = true }))
  try {
    return { ended: await run(store, adapter, { ...options, onStatement, onWarning: (warning) => { warnings.push(warning) } })(pipe(filled, RTE.chain(() => program)))(), selects, values, writes, warnings }
  } finally {
    await disconnect(adapter)()
  }
}

/** Runs a program over the rows of a store: its result, and what it sent. */
export const over = <A>(store: RegistryDescriptor, program: Db<A>, options: RunOptions = {}): Promise<Sent & { readonly result: A }> => overRows(store, storeRows, program, options)

/** The same over the rows that these statements insert. */
export const overRows = async <A>(registered: RegistryDescriptor, rows: readonly string[], program: Db<A>, options: RunOptions = {}): Promise<Sent & { readonly result: A }> => {
  const { ended, ...sent } = await runOver(registered, rows, program, options)
  if (E.isLeft(ended)) throw new Error(`${ended.left.code}: ${ended.left.message}`, { cause: ended.left })
  return { result: ended.right, ...sent }
}

/** What a program over the rows of a store fails with. */
export const refusalOver = async (store: RegistryDescriptor, program: Db<unknown>): Promise<SessionError | undefined> => {
  const { ended } = await runOver(store, storeRows, program, {})
  return E.isLeft(ended) ? ended.left : undefined
}
