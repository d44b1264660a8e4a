// get: an object by primary key.

import { queryOptions, type AnyHandle, type EntityName, type HandleOf, type Instance as InstanceOf, type KeyOf, type LoadOption, type MappedEntity, type Models, type Unchecked, type WholeQuery } from '@relata/core'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { db, type Db } from '../db.js'
import { getByKey } from '../load/get-by-key.js'
import { entityOfHandle } from '../handle/mapping-of.js'
import { fail } from '../relata-error.js'
import { checkMapping } from './member-of-session.js'

export interface GetOptions<N> {
  /** Loader options, as of a query; they hold for an object that is loaded now, and so its type does not have what they load. */
  readonly options?: readonly LoadOption<Unchecked, N, unknown, WholeQuery>[]
  /** Reads the row even if the object is in the session, and overwrites what it has. */
  readonly populateExisting?: boolean
}

/**
 * The object with a primary key, or none: from the identity map without a statement, else from the database. A key of several columns is
 * a record. Fails with `argument` where parts of the key are missing.
 *
 * @example
 * pipe(get(User, 1), RTE.map(O.map((user) => user.name)))
 * get(OrderLine, { orderId: 1, productId: 2 })
 */
export function get<M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>, key: KeyOf<M, N>, options?: GetOptions<N>): Db<Option<InstanceOf<M, N>>>
export function get(handle: AnyHandle, key: unknown, options: GetOptions<never> = {}): Db<Option<unknown>> {
  return db(async (session) => {
    const { mapping, entity } = entityOfHandle(handle)
    checkMapping(session, mapping, 'get')
    const found = await getByKey(session, entity, keyFrom(entity, key), {
      ...(options.options === undefined ? {} : { options: queryOptions(options.options) }),
      ...(options.populateExisting === undefined ? {} : { populateExisting: options.populateExisting }),
    })
    return O.fromNullable(found)
  })
}

/** The values of a key in key order, from its only value, a record by attribute, or a list. */
export const keyFrom = (entity: MappedEntity, key: unknown): readonly unknown[] => {
  const { primaryKey } = entity
  if (isRecord(key)) {
    const strangers = Object.keys(key).filter((name) => !primaryKey.includes(name))
    if (strangers.length > 0 || primaryKey.some((name) => key[name] === undefined)) return refuse(entity, Object.keys(key))
    return primaryKey.map((name) => key[name])
  }
  const parts: readonly unknown[] = Array.isArray(key) ? key : [key]
  return parts.length === primaryKey.length && !parts.includes(undefined) ? parts : refuse(entity, parts)
}

const refuse = (entity: MappedEntity, given: readonly unknown[]): never => fail({
  _tag: 'QueryRefused', code: 'argument', message: `get: the key of ${entity.name} is ${entity.primaryKey.join(', ')}, and got ${given.length} of it: ${given.map(String).join(', ')}`,
  hint: entity.primaryKey.length === 1 ? 'give its value' : `give a record { ${entity.primaryKey.join(', ')} }`,
})

const isRecord = (key: unknown): key is Readonly<Record<string, unknown>> =>
  typeof key === 'object' && key !== null && !Array.isArray(key) && !(key instanceof Date) && !(key instanceof Uint8Array)
