// Registries whose entities only run time knows: the same handles, loosely typed, for every verb.

import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { isExpr } from '../expression/expr.js'
import type { Expr } from '../expression/expr.js'
import type { RegistryDescriptor } from '../mapping/registry-descriptor.js'
import type { AnyEntity } from '../mapping/entity.js'
import type { Column } from '../schema/column.js'
import { isRel } from './handle.js'
import type { AnyHandle, Attr, HandleOf, Rel } from './handle.js'
import type { Unchecked } from './inference-position.js'
import type { RelationshipModel } from './model.js'
import { descriptorsOf, withHandles } from './registry.js'
import type { RegistryTables } from './registry.js'

/** The model of entities that only run time knows: any name, any attribute, any relationship. */
export interface DynamicModel {
  readonly [entity: string]: DynamicEntity
}
export interface DynamicEntity {
  readonly name: string
  readonly columns: Readonly<Record<string, Column<Unchecked>>>
  readonly row: Readonly<Record<string, unknown>>
  readonly rels: Readonly<Record<string, RelationshipModel<string, Unchecked, Unchecked, Unchecked, Unchecked, Unchecked, {}, {}>>>
  readonly line: Unchecked
  readonly deferred: never
  readonly fixed: string
  readonly synonyms: {}
}

/** An attribute of a dynamic handle: an expression of any value, over any source. */
export type DynamicAttribute = Attr<Unchecked, string, string>
/** A relationship of a dynamic handle: list and scalar alike to the compiler; what it is not is refused at run time. */
export type DynamicRelationship = Rel<DynamicModel, string, string, string, Unchecked, string, string>
/** Any expression over a dynamic registry. */
export type DynamicExpr = Expr<Unchecked, string, string>

/** A handle that every verb takes; `attributeNamed` and `relationshipNamed` give its parts. */
export interface DynamicHandle extends HandleOf<DynamicModel, string, string> {
  readonly [name: string]: DynamicAttribute | DynamicRelationship
}

export interface DynamicRegistry extends RegistryDescriptor {
  readonly entities: Readonly<Record<string, DynamicHandle>>
  /** The handle of an entity by name. */
  readonly entity: (name: string) => Option<DynamicHandle>
}

/**
 * A registry of entities that were not written in the program: read from a file, or from a database.
 *
 * @example
 * const registry = dynamicRegistry({ User: entity(users), Address: entity(addresses) })
 * pipe(registry.entity('User'), O.map(select))
 */
export function dynamicRegistry(entities: Readonly<Record<string, AnyEntity>>, options?: RegistryTables): DynamicRegistry
export function dynamicRegistry(entities: Readonly<Record<string, AnyEntity>>, { tables = [] }: RegistryTables = {}): RegistryDescriptor & { readonly entity: (name: string) => Option<unknown> } {
  const registry = withHandles(descriptorsOf(entities), tables)
  return Object.freeze({
    ...registry,
    entity: (name: string) => (Object.hasOwn(registry.entities, name) ? O.some(registry.entities[name]) : O.none),
  })
}

/** An attribute of a handle by name. */
export function attributeNamed(handle: AnyHandle, name: string): Option<DynamicAttribute>
export function attributeNamed(handle: AnyHandle, name: string): Option<unknown> {
  const found = partOf(handle, name)
  return isExpr(found) ? O.some(found) : O.none
}

/** A relationship of a handle by name. */
export function relationshipNamed(handle: AnyHandle, name: string): Option<DynamicRelationship>
export function relationshipNamed(handle: AnyHandle, name: string): Option<unknown> {
  const found = partOf(handle, name)
  return isRel(found) ? O.some(found) : O.none
}

function partOf(handle: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(handle, name)?.value
}
