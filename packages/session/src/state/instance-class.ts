// The class of each entity, made once: it gives the name that a console prints, and a subclass entity's extends its base's.

import type { MappedEntity, Mapping } from '@relata/core'
import { CollectionHandle } from '../handle/collection-handle.js'
import { Instance, instanceClass, values, type InstanceClass } from './instance.js'
import { settle } from './entity-index.js'
import { jsonOf } from './instance-json.js'
import { recordWith, withKnownShape } from './kept-shape.js'
import { printWithout } from './printed.js'
import type { LoadContext } from './model.js'
import { newState } from './state-of.js'
import { collectionOf } from './collection.js'

const classes = new WeakMap<MappedEntity, InstanceClass>()

/** The class of an entity's instances: `new (instanceClassOf(mapping, entity))(context)` is an object without values yet. */
export const instanceClassOf = (mapping: Mapping, entity: MappedEntity): InstanceClass => {
  const known = classes.get(entity)
  if (known !== undefined) return known
  const { line } = entity.inheritance
  const parentName = line[line.length - 2]
  const parent = parentName === undefined || entity.inheritance.kind === 'concrete' ? undefined : mapping.entities[parentName]
  const made = instanceClass(entity, parent === undefined ? undefined : instanceClassOf(mapping, parent))
  classes.set(entity, made)
  if (parent === undefined) Object.defineProperty(made.prototype, 'toJSON', { value(this: Instance) { return jsonOf(this) } })
  printWithout(entity, made)
  settle(mapping, entity)
  samples.set(entity, [withKnownShape(sampleOf(made, entity), entity.slots), ...entity.slots.map(recordWith)])
  return made
}

/**
 * A transient object of an entity with nothing given: columns show null (a primary key undefined, since the database may make it),
 * references null, collections empty. Properties stand in slot order.
 */
export const newInstance = (mapping: Mapping, entity: MappedEntity): Instance => {
  const instance = new (instanceClassOf(mapping, entity))(unborn(entity))
  Instance.rebase(instance, newState(instance, entity))
  const shown = values(instance)
  for (const attribute of entity.attributes) shown[attribute.name] = attribute.primaryKey ? undefined : null
  for (const relationship of entity.relationships) {
    const handle = relationship.lazy === 'write_only' || relationship.lazy === 'dynamic'
    shown[relationship.name] = handle ? new CollectionHandle(mapping, instance, relationship) : relationship.uselist ? collectionOf(relationship).empty() : null
  }
  return instance
}

const samples = new WeakMap<MappedEntity, readonly object[]>()

const sampleOf = (made: InstanceClass, entity: MappedEntity): Instance => {
  const sample = new made(unborn(entity))
  for (const name of entity.slots) values(sample)[name] = undefined
  return sample
}

/** What stands behind a new object until it has its state: nobody sees it. */
const unborn = (entity: MappedEntity): LoadContext => {
  let context = contexts.get(entity)
  if (context === undefined) contexts.set(entity, context = { _tag: 'context', entity, session: undefined, status: [], options: undefined })
  return context
}

const contexts = new WeakMap<MappedEntity, LoadContext>()
