// Handles at run time, built from the descriptors of a registry alone.

import { expr } from '../expression/expr.js'
import { ownOperators } from '../expression/operand.js'
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
  const { attributes, synonyms, relationships } = shapeOf(registry, entity)
  const attribute = (name: string): unknown => expr(originating({ _tag: 'attribute', source, entity, name }, origin))
  for (const name of attributes) define(name, attribute(name))
  for (const [synonym, name] of synonyms) define(synonym, attribute(name))
  for (const name of relationships.keys()) define(name, relationshipValue(inside, name))
  return Object.freeze(handle)
}

/** A relationship of a handle; its internals, like a handle's, are hidden. The operators that its comparatorFactory makes stand on it. */
export const relationshipValue = (inside: HandleInternals, name: string, ofType?: RelationshipRef['ofType']): object => {
  const { registry, source, entity, origin } = inside
  const value = (): object => Object.defineProperty(originating({ _tag: 'relationship', source, entity, name, ...(ofType === undefined ? {} : { ofType }) }, origin), internals, { value: inside })
  const plain = Object.freeze(value())
  const factory = shapeOf(registry, entity).relationships.get(name)?.comparatorFactory
  return factory === undefined ? plain : withOperators(value(), `${entity}.${name}`, factory(plain as never /* what it takes is made here alone */))
}

const withOperators = (value: object, key: string, operators: unknown): object => {
  if (typeof operators !== 'object' || operators === null) throw new TypeError(`the comparatorFactory of ${key} gives no record of operators`)
  for (const [name, operator] of Object.entries(operators)) {
    if (typeof operator !== 'function') throw new TypeError(`the comparatorFactory of ${key} gives '${name}', which is no function`)
    if (reserved.has(name) || name in value) throw new TypeError(`the comparatorFactory of ${key} gives '${name}', which a relationship has already`)
    Object.defineProperty(value, name, { value: operator, enumerable: true })
  }
  return Object.freeze(Object.defineProperty(value, ownOperators, { value: operators }))
}

/** The entity as a source of queries that is read from another one. */
function aliasOrigin(entity: string, source: string, { source: from, commonTable }: Origin): EntityOrigin {
  return Object.freeze({ source: Object.freeze({ _tag: 'entity', entity, source, from }), ...(commonTable === undefined ? {} : { commonTable }) })
}

function originating<N extends object>(node: N, origin: Origin | undefined): N {
  return origin === undefined ? node : withOrigin(node, origin)
}
