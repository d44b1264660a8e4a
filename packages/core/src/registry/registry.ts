// Registries: entities that know each other by name, with a handle for each.

import type { AnyEntity } from '../mapping/entity.js'
import { entityDescriptor } from '../mapping/descriptor-of.js'
import type { EntityDescriptor } from '../mapping/entity-descriptor.js'
import type { RegistryDescriptor } from '../mapping/registry-descriptor.js'
import { record } from '../schema/record.js'
import type { AnyTable } from '../schema/table.js'
import type { TableDescriptor } from '../schema/table-descriptor.js'
import { buildHandle } from './build-handle.js'
import { refuseDuplicates } from './entities.js'
import type { Duplicates } from './entities.js'
import type { Handle } from './entity-handle.js'
import type { AnyHandle } from './handle.js'
import type { EntityName, Model, Models } from './model.js'

/** Tables that no entity maps, so that `secondary` can name them and conditions can read them. */
export interface RegistryTables { readonly tables?: readonly AnyTable[] }

export interface Registry<M extends Models<M>> extends RegistryDescriptor {
  readonly entities: { readonly [N in EntityName<M>]: Handle<M, N> }
}

/**
 * A registry of entities, typed by the interface that names its model (without one the types are as right, but hovers and
 * declarations spell the whole model out). It is configured when it is first used; until then nothing is checked at run time.
 *
 * @example
 * interface Blog extends Model<typeof blogEntities> {}
 * const blog = registry<Blog>(blogEntities)
 * const { User, Address } = blog.entities
 */
export function registry<const E extends Readonly<Record<string, AnyEntity>>>(entities: E, options?: RegistryTables): Registry<Model<E>>
export function registry<M extends Models<M>>(entities: { readonly [N in keyof M]: AnyEntity }, options?: RegistryTables): Registry<M>
export function registry(entities: Readonly<Record<string, AnyEntity>>, { tables = [] }: RegistryTables = {}): RegistryDescriptor {
  return withHandles(descriptorsOf(entities), tables)
}

/** Entities as data, by name. */
export const descriptorsOf = (entities: Readonly<Record<string, AnyEntity>>): readonly (readonly [string, EntityDescriptor])[] =>
  Object.entries(entities).map(([name, entity]) => [name, entityDescriptor(entity)])

/** Two registries as one: relationships, and back references, then reach from one into the other. Its handles are its own. */
export function merge<A extends Models<A>, B extends Models<B>>(
  a: Registry<A>,
  b: Registry<B> & ([Duplicates<A, B>] extends [never] ? unknown : `entity '${Duplicates<A, B>}' is in both`),
): Registry<A & B>
export function merge(a: RegistryDescriptor, b: RegistryDescriptor): RegistryDescriptor {
  refuseDuplicates(Object.keys(a.descriptors), Object.keys(b.descriptors))
  return withHandles([...Object.entries(a.descriptors), ...Object.entries(b.descriptors)], [...a.tables ?? [], ...b.tables ?? []])
}

/** A registry of descriptors with a handle for each entity. */
export const withHandles = (
  descriptors: readonly (readonly [string, EntityDescriptor])[],
  tables: readonly TableDescriptor[],
): RegistryDescriptor & { readonly entities: Readonly<Record<string, AnyHandle>> } => {
  // Handles refer to the registry, and it to them, so that what was configured for one is found from the other.
  const entities = Object.create(null) as Record<string, AnyHandle> // filled below
  const registry = Object.freeze({ _tag: 'Registry' as const, descriptors: record(descriptors), ...(tables.length === 0 ? {} : { tables }), entities })
  for (const name of Object.keys(registry.descriptors)) entities[name] = buildHandle(registry, name, name)
  Object.freeze(entities)
  return registry
}
