// Handles at run time, built from the descriptors of a registry alone.

import { expr } from '../expression/expr.js'
import type { RegistryDescriptor } from '../mapping/registry-descriptor.js'
import type { RelationshipRef } from '../query/descriptor.js'
import { withOrigin } from '../query/source.js'
import type { Origin } from '../query/source.js'
import { internals } from './handle.js'
import type { AnyHandle, EntityOrigin, HandleInternals } from './handle.js'
import { shapeOf } from './handle-shape.js'

/** Names that JavaScript itself asks objects for: an attribute of such a name would change what an instance is. `configure` refuses it. */
const reserved: ReadonlySet<string> = new Set(['then', 'toJSON', 'constructor', '__proto__'])

/** The handle of an entity under a name in queries, perhaps read from something else than its tables. */
export function buildHandle(registry: RegistryDescriptor, entity: string, source: string, from?: Origin): AnyHandle
export function buildHandle(registry: RegistryDescriptor, entity: string, source: string, from?: Origin): unknown {
  const origin = from === undefined ? undefined : aliasOrigin(entity, source, from)
  const inside: HandleInternals = Object.freeze({ registry, entity, source, ...(origin === undefined ? {} : { origin }) })
  const handle = Object.create(null) as object // a handle has no prototype: any name may be an attribute's
  Object.defineProperty(handle, internals, { value: inside })
  const define = (name: string, value: unknown): void => {
    // Of two attributes of one name the first stands: `configure` reports the second.
    if (!reserved.has(name) && !Object.hasOwn(handle, name)) Object.defineProperty(handle, name, { value, enumerable: true })
  }
  const { attributes, relationships } = shapeOf(registry, entity)
  for (const name of attributes) define(name, expr(originating({ _tag: 'attribute', source, entity, name }, origin)))
  for (const name of relationships.keys()) define(name, relationshipValue(inside, name))
  return Object.freeze(handle)
}

/** A relationship of a handle; its internals, like a handle's, are hidden. */
export const relationshipValue = (inside: HandleInternals, name: string, ofType?: RelationshipRef['ofType']): object => {
  const { source, entity, origin } = inside
  const value = originating({ _tag: 'relationship', source, entity, name, ...(ofType === undefined ? {} : { ofType }) }, origin)
  return Object.freeze(Object.defineProperty(value, internals, { value: inside }))
}

/** The entity as a source of queries that is read from another one. */
function aliasOrigin(entity: string, source: string, { source: from, commonTable }: Origin): EntityOrigin {
  return Object.freeze({ source: Object.freeze({ _tag: 'entity', entity, source, from }), ...(commonTable === undefined ? {} : { commonTable }) })
}

function originating<N extends object>(node: N, origin: Origin | undefined): N {
  return origin === undefined ? node : withOrigin(node, origin)
}
