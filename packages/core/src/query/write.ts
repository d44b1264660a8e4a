// update, deleteFrom and insertInto: writes by condition, and of plain records.

import { operand } from '../expression/expr.js'
import type { Expr } from '../expression/expr.js'
import type { QueryNode } from './descriptor.js'
import { handleOf } from '../registry/handle.js'
import type { AnyHandle, HandleOf } from '../registry/handle.js'
import type { Input } from '../registry/input.js'
import type { EntityName, Models } from '../registry/model.js'
import { record } from '../schema/record.js'
import type { Over } from './over.js'
import type { DeleteDescriptor, InsertDescriptor, Synchronize, UpdateDescriptor } from './write-descriptor.js'

/** An UPDATE of entity `N`. */
export interface Update<M extends Models<M>, N extends EntityName<M>> extends UpdateDescriptor, Over<N> {
  readonly [written]: { readonly model: M; readonly entity: N }
}
/** A DELETE from entity `N`. */
export interface Delete<M extends Models<M>, N extends EntityName<M>> extends DeleteDescriptor, Over<N> {
  readonly [written]: { readonly model: M; readonly entity: N }
}
/** An INSERT into entity `N`. */
export interface Insert<M extends Models<M>, N extends EntityName<M>> extends InsertDescriptor {
  readonly [written]: { readonly model: M; readonly entity: N }
}
declare const written: unique symbol

/** Values by attribute, each one given or an expression over the entity. */
export type Assignments<M extends Models<M>, N extends EntityName<M>> = {
  readonly [K in keyof M[N]['row']]?: M[N]['row'][K] | Expr<M[N]['row'][K], N, string>
}

const none: readonly never[] = Object.freeze([])

interface WriteOptions { readonly synchronize?: Synchronize }

/**
 * Sets columns of every row that the conditions hold for (`where` adds them); objects in the session follow.
 *
 * @example
 * pipe(update(Product, { price: mul(Product.price, 1.1) }), where(eq(Product.categoryId, 7)))
 */
export function update<M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>, values: Assignments<M, N>, options?: WriteOptions): Update<M, N>
export function update(handle: AnyHandle, values: Readonly<Record<string, unknown>>, options: WriteOptions = {}): UpdateDescriptor {
  const { entity, source } = handleOf(handle)
  const { synchronize = 'auto' } = options
  return Object.freeze({ _tag: 'update', entity, source, set: nodes(values), where: none, returning: none, synchronize })
}

/** Deletes every row that the conditions hold for (`where` adds them); objects in the session follow. `pipe(deleteFrom(User), where(isNull(User.name)))` */
export function deleteFrom<M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>, options?: WriteOptions): Delete<M, N>
export function deleteFrom(handle: AnyHandle, options: WriteOptions = {}): DeleteDescriptor {
  const { entity, source } = handleOf(handle)
  const { synchronize = 'auto' } = options
  return Object.freeze({ _tag: 'delete', entity, source, where: none, returning: none, synchronize })
}

/** Inserts plain records, past the unit of work: no object is made. `insertInto(User, [{ name: 'ed' }, { name: 'wendy' }])` */
export function insertInto<M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>, rows: readonly Input<M, N>[]): Insert<M, N>
export function insertInto(handle: AnyHandle, rows: readonly Readonly<Record<string, unknown>>[]): InsertDescriptor {
  return Object.freeze({ _tag: 'insert', entity: handleOf(handle).entity, rows: Object.freeze(rows.map(nodes)), returning: none })
}

/**
 * What an insert does with a row whose `attributes` are there already: nothing, or sets others.
 *
 * @example
 * pipe(insertInto(Counter, [{ name: 'visits', count: 1 }]), onConflict(['name'], { count: add(Counter.count, 1) }))
 */
export function onConflict<M extends Models<M>, N extends EntityName<M>>(
  attributes: readonly (keyof M[N]['row'] & string)[],
  values: 'nothing' | Assignments<M, N>,
): (insert: Insert<M, N>) => Insert<M, N>
export function onConflict(attributes: readonly string[], values: 'nothing' | Readonly<Record<string, unknown>>): unknown {
  return (insert: InsertDescriptor): InsertDescriptor =>
    Object.freeze({ ...insert, onConflict: Object.freeze({ attributes: Object.freeze([...attributes]), update: values === 'nothing' ? values : nodes(values) }) })
}

/** Undefined is as if it were not there. */
function nodes(values: Readonly<Record<string, unknown>>): Readonly<Record<string, QueryNode>> {
  return record(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, operand(value)] as const])))
}
