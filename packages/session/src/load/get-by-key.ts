// get: an object by its primary key, from the identity map if it is there, else by one statement.

import type { LoaderOption, MappedEntity } from '@relata/core'
import { wrongKind } from '../change/base-kind.js'
import { fail } from '../relata-error.js'
import { shapeName } from '../state/collection.js'
import type { Instance } from '../state/instance.js'
import { lookUp } from '../state/register.js'
import type { SessionState } from '../state/model.js'
import { isExpired, isOf } from '../state/state-of.js'
import { autoflush } from '../verb/autoflush.js'
import { flushBefore } from './flush-before.js'
import { runFollowUps } from './follow-up.js'
import type { Hydration } from './hydrate.js'
import { forget, readColumns } from './load-columns.js'
import { lacksColumns } from './look-up-reference.js'
import { keyPlan } from './plan-cache.js'
import { entityRead, hydrateRows, rowsOf } from './run-plan.js'
import { encoded, slotValues } from './slot-values.js'
import { optionsFrom } from './travelling-options.js'

export interface GetRequest {
  readonly options?: readonly LoaderOption[]
  readonly populateExisting?: boolean
  readonly autoflush?: boolean
}

/** The object with this key, or null where there is no row, or one of another entity. */
export const getByKey = async (session: SessionState, entity: MappedEntity, key: readonly unknown[], request: GetRequest = {}): Promise<Instance | null> => {
  checkKey(entity, key)
  if (key.every((value) => value === null || value === undefined)) return null
  if (request.populateExisting !== true) {
    const present = lookUp(session, entity, key)
    if (present !== undefined) {
      if (!isOf(present, entity.name)) return null
      if (isExpired(present)) {
        await flushBefore(session, [present], request.autoflush)
        const gone = await readColumns(session, [present])
        if (gone.length === 0) return present
        forget(session, present)
        return null
      }
      // What a query left out of it is read now.
      if (!lacksColumns(session.mapping, present, entity, request.options ?? [])) return present
    }
  }
  await autoflush(session, request.autoflush)
  const options = request.options ?? []
  const { plan: { plan, slots }, values } = keyPlan(session.mapping, { entity: entity.name, options, refresh: false })
  const given = slotValues(values)
  slots.forEach((slot, index) => { const type = entity.attribute[entity.primaryKey[index] ?? '']?.descriptor.type; given[slot] = type === undefined ? key[index] : encoded(type, key[index]) })
  const hydration: Hydration = { session, populateExisting: request.populateExisting === true, descend: true, optionsAt: optionsFrom(session.mapping, entity, options) }
  const reader = hydrateRows(hydration, entityRead(plan), await rowsOf(session, plan, given))
  await runFollowUps(hydration, reader, given)
  return reader.met[0] ?? null
}

const checkKey = (entity: MappedEntity, key: readonly unknown[]): void => {
  if (key.length !== entity.primaryKey.length) {
    fail({ _tag: 'QueryRefused', code: 'argument', message: `the key of ${entity.name} has ${entity.primaryKey.length} values (${entity.primaryKey.join(', ')}), and ${key.length} were given`, hint: 'give one value for each, in this order' })
  }
  key.forEach((value, index) => {
    const attribute = entity.attribute[entity.primaryKey[index] ?? '']
    const wanted = attribute === undefined || value === undefined ? undefined : wrongKind(attribute.descriptor.type, value)
    if (attribute !== undefined && wanted !== undefined) fail({
      _tag: 'QueryRefused', code: 'type', message: `the key ${entity.name}.${attribute.name} is ${attribute.descriptor.type.codec.name}, and got ${typeof value === 'string' ? JSON.stringify(value) : shapeName(value)}`,
      hint: `give ${wanted}`, detail: { entity: entity.name, attribute: attribute.name },
    })
  })
}
