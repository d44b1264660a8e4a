// Plans by mapping and shape: a query shape is planned once, and a descriptor that is used again is not even looked at.

import {
  planKey, planRelated, planShape, shapeOf,
  type KeyPlan, type KeyRequest, type LoadPlan, type MappedRelationship, type Mapping, type Planned, type RelatedLoad, type RelatedRequest, type SelectDescriptor, type SlotValue,
} from '@relata/core'
import { isLeft } from 'fp-ts/lib/Either.js'
import { failQuery } from './refused-query.js'

interface Plans {
  readonly byDescriptor: WeakMap<object, Planned<unknown>>
  readonly selects: Map<string, LoadPlan>
  readonly related: Map<string, RelatedLoad>
  readonly keys: Map<string, KeyPlan>
  made: number
}

/** Shapes kept per mapping and kind; past this the oldest go. */
const kept = 2000

const caches = new WeakMap<Mapping, Plans>()

const plansOf = (mapping: Mapping): Plans => {
  let plans = caches.get(mapping)
  if (plans === undefined) caches.set(mapping, plans = { byDescriptor: new WeakMap(), selects: new Map(), related: new Map(), keys: new Map(), made: 0 })
  return plans
}

/** How many plans were made for a mapping so far: a query shape that was planned before adds none. */
export const plansMade = (mapping: Mapping): number => plansOf(mapping).made

/** The plan of a query and the values of this one. */
export const selectPlan = (mapping: Mapping, select: SelectDescriptor): Planned<LoadPlan> => {
  const { byDescriptor, selects } = plansOf(mapping)
  const known = byDescriptor.get(select) as Planned<LoadPlan> | undefined /* a select descriptor is only ever kept with its own plan */
  if (known !== undefined) return known
  const shape = shapeOf(mapping, select)
  let plan = selects.get(shape.key)
  if (plan === undefined) {
    const planned = planShape(mapping, select, shape)
    if (isLeft(planned)) return failQuery(planned.left)
    keep(mapping, selects, shape.key, plan = planned.right.plan)
  }
  const made = { plan, values: shape.values }
  byDescriptor.set(select, made)
  return made
}

/** The plan that loads a relationship of given parents. */
export const relatedPlan = (mapping: Mapping, relationship: MappedRelationship, request: RelatedRequest): Planned<RelatedLoad> => {
  const { related } = plansOf(mapping)
  const simple = request.options.length === 0 && request.where === undefined && request.ofType === undefined
  const shape = simple ? undefined : shapeOf(mapping, [request.options, request.where])
  const key = `${relationship.key} ${request.count} ${request.ofType?.entity ?? ''} ${shape?.key ?? ''}`
  const known = related.get(key)
  if (known !== undefined) return { plan: known, values: shape?.values ?? noValues }
  const planned = planRelated(mapping, relationship, request)
  if (isLeft(planned)) return failQuery(planned.left)
  keep(mapping, related, key, planned.right.plan)
  return planned.right
}

/** The plan that reads rows of an entity by primary key. */
export const keyPlan = (mapping: Mapping, request: KeyRequest): Planned<KeyPlan> => {
  const { keys } = plansOf(mapping)
  const shape = request.options.length === 0 ? undefined : shapeOf(mapping, request.options)
  const key = `${request.entity} ${request.refresh} ${request.many === true} ${request.attributes?.join(',') ?? '*'} ${shape?.key ?? ''}`
  const known = keys.get(key)
  if (known !== undefined) return { plan: known, values: shape?.values ?? noValues }
  const planned = planKey(mapping, request)
  if (isLeft(planned)) return failQuery(planned.left)
  keep(mapping, keys, key, planned.right.plan)
  return planned.right
}

const noValues: readonly SlotValue[] = []

const keep = <P>(mapping: Mapping, plans: Map<string, P>, key: string, plan: P): void => {
  if (plans.size >= kept) {
    const [oldest] = plans.keys()
    if (oldest !== undefined) plans.delete(oldest)
  }
  plans.set(key, plan)
  plansOf(mapping).made++
}
