// Instances: plain objects of a small class made per entity. Their state sits behind a private field, so that a spread, a JSON
// text or a structured clone has the values and nothing else, and is no instance.

import type { MappedEntity } from '@relata/core'
import type { InstanceState, LoadContext } from './instance-state.js'

/** What every instance is. Values are own data properties, by slot name. */
export class Instance {
  #backing: LoadContext | InstanceState

  constructor(backing: LoadContext | InstanceState) {
    this.#backing = backing
  }

  /** Is it an object that some session or `create` made? */
  static is(value: unknown): value is Instance {
    return typeof value === 'object' && value !== null && #backing in value
  }

  /** The shared context of an object that never changed, else its own state. */
  static backing(instance: Instance): LoadContext | InstanceState {
    return instance.#backing
  }

  /** Gives an object a state of its own (or, when it is clean again, a shared context). */
  static rebase(instance: Instance, backing: LoadContext | InstanceState): void {
    instance.#backing = backing
  }
}

export type InstanceClass = new (backing: LoadContext | InstanceState) => Instance

/** The values of an instance by slot name: the one place where a name becomes a property. */
export const values = (instance: Instance): Record<string, unknown> => instance as unknown as Record<string, unknown>

/** Makes the class of an entity: it only gives the name that a console prints. */
export const instanceClass = (entity: MappedEntity, base: InstanceClass = Instance): InstanceClass =>
  ({ [entity.name]: class extends base {} })[entity.name] ?? base
