// Handles at run time, built from the descriptors of a registry alone.

import { expr } from '../expression/expr.js'
import type { RegistryDescriptor } from '../mapping/registry-descriptor.js'
import { internals } from './handle.js'
import type { AnyHandle, HandleInternals } from './handle.js'
import { shapeOf } from './handle-shape.js'

/** Names that JavaScript itself asks objects for: an attribute of such a name would change what an instance is. `configure` refuses it. */
const reserved: ReadonlySet<string> = new Set(['then', 'toJSON', 'constructor', '__proto__'])

/** The handle of an entity under a name in queries. */
export function buildHandle(registry: RegistryDescriptor, entity: string, source: string): AnyHandle
export function buildHandle(registry: RegistryDescriptor, entity: string, source: string): unknown {
  const inside: HandleInternals = Object.freeze({ registry, entity, source })
  const handle = Object.create(null) as object // a handle has no prototype: any name may be an attribute's
  Object.defineProperty(handle, internals, { value: inside })
  const define = (name: string, value: unknown): void => {
    // Of two attributes of one name the first stands: `configure` reports the second.
    if (!reserved.has(name) && !Object.hasOwn(handle, name)) Object.defineProperty(handle, name, { value, enumerable: true })
  }
  const { attributes, relationships } = shapeOf(registry, entity)
  for (const name of attributes) define(name, expr({ _tag: 'attribute', source, entity, name }))
  for (const name of relationships.keys()) define(name, relationshipValue(inside, name))
  return Object.freeze(handle)
}

/** A relationship of a handle; its internals, like a handle's, are hidden. */
export const relationshipValue = (inside: HandleInternals, name: string, ofType?: { readonly entity: string; readonly source: string }): object => {
  const { source, entity } = inside
  const value = { _tag: 'relationship', source, entity, name, ...(ofType === undefined ? {} : { ofType }) }
  return Object.freeze(Object.defineProperty(value, internals, { value: inside }))
}
