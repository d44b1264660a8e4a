// execute: updates, deletes and inserts by statement.

import type { Delete, DeleteDescriptor, DeletePlan, Insert, MappedEntity, Planned, SelectDescriptor, Unchecked, Update, UpdateDescriptor, UpdatePlan } from '@relata/core'
import { db, type Db } from '../db.js'
import { runSelect } from '../load/run-select.js'
import { decoded } from '../load/slot-values.js'
import { fail } from '../relata-error.js'
import type { SessionState } from '../state/model.js'
import { withUpdateValues } from '../write/defaults.js'
import { followDelete, followUpdate, hasObjectsOf } from '../write/follow-write.js'
import { sendConditional, sendInsert, writePlan } from '../write/send-write.js'
import { autoflush } from './autoflush.js'

export type Executable = Update<Unchecked, Unchecked> | Delete<Unchecked, Unchecked> | Insert<Unchecked, Unchecked>

export interface WriteResult { readonly rowCount: number }

/**
 * Sends an update, a delete or an insert, after a flush of what is pending, and gives the number of rows. Objects in the session follow
 * an update or delete unless it says `synchronize: false`; relationships and cascades do not. Fails with `integrity` and the like.
 *
 * @example
 * execute(pipe(update(Product, { price: mul(Product.price, 1.1) }), where(any(Product.tags, eq(Tag.name, 'new')))))
 */
export const execute = (statement: Executable): Db<WriteResult> => db(async (session) => {
  const entity = session.mapping.entities[statement.entity]
  if (entity === undefined) return fail({ _tag: 'QueryRefused', code: 'argument', message: `execute: there is no entity '${statement.entity}' in this session's registry` })
  await autoflush(session)
  if (statement._tag === 'insert') return { rowCount: await sendInsert(session, entity, statement) }
  return { rowCount: await sendAndFollow(session, entity, statement._tag === 'update' ? { ...statement, set: withUpdateValues(entity, statement.set) } : statement) }
})

const sendAndFollow = async (session: SessionState, entity: MappedEntity, write: UpdateDescriptor | DeleteDescriptor): Promise<number> => {
  const planned = writePlan(session, write) as Planned<UpdatePlan | DeletePlan> // of what it was given
  const follows = write.synchronize !== false && hasObjectsOf(session, entity)
  if (!follows) return (await sendConditional(session, planned, false)).matched
  const { supports } = await session.executor.dialect()
  const rekeys = write._tag === 'update' && entity.primaryKey.some((name) => Object.hasOwn(write.set, name))
  const returns = !rekeys && planned.plan.key.length === entity.primaryKey.length && (write._tag === 'update' ? supports.returning.update : supports.returning.delete)
  // Where the statement cannot give the keys of its rows, they are read before: afterwards the condition may hold for others.
  const before = returns ? undefined : await keysOf(session, entity, write)
  const result = await sendConditional(session, planned, returns)
  const keys = before ?? result.rows.map((row) => row.map((value, index) => decodedKey(entity, index, value)))
  if (write._tag === 'update') followUpdate(session, entity, keys, write.set)
  else followDelete(session, entity, keys)
  return returns ? Math.max(result.matched, result.rows.length) : result.matched
}

const keysOf = async (session: SessionState, entity: MappedEntity, write: UpdateDescriptor | DeleteDescriptor): Promise<readonly (readonly unknown[])[]> => {
  const select: SelectDescriptor = {
    _tag: 'select', from: [{ _tag: 'entity', entity: entity.name, source: write.source }], joins: [], where: write.where, groupBy: [], having: [], orderBy: [],
    result: { _tag: 'fields', fields: Object.fromEntries(entity.primaryKey.map((name) => [name, { _tag: 'attribute', source: write.source, entity: entity.name, name }])) },
    distinct: false, correlate: [], ctes: [], setOperations: [], options: [], populateExisting: false, autoflush: false,
  }
  const rows = await runSelect(session, select) as readonly Readonly<Record<string, unknown>>[] // of fields
  return rows.map((row) => entity.primaryKey.map((name) => row[name]))
}

const decodedKey = (entity: MappedEntity, index: number, value: unknown): unknown => {
  const name = entity.primaryKey[index]
  const type = name === undefined ? undefined : entity.attribute[name]?.descriptor.type
  return type === undefined ? value : decoded(type, value, `${entity.name}.${name ?? ''}`)
}
