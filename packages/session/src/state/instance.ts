// Instances: plain objects of a small class made per entity. Their state sits behind a private field, so that a spread, a JSON
// text or a structured clone has the values and nothing else, and is no instance.

import type { MappedEntity } from '@relata/core'
import { Instance } from './model.js'
import type { InstanceState, LoadContext } from './model.js'

export { Instance } from './model.js'

export type InstanceClass = new (backing: LoadContext | InstanceState) => Instance

/** The values of an instance by slot name: the one place where a name becomes a property. */
export const values = (instance: Instance): Record<string, unknown> => instance as object as Record<string, unknown> // values are its own properties

/** Makes the class of an entity: it only gives the name that a console prints. */
export const instanceClass = (entity: MappedEntity, base: InstanceClass = Instance): InstanceClass =>
  ({ [entity.name]: class extends base {} })[entity.name] ?? base
