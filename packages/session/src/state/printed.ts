// How a console prints instances of entities that leave something out of it (`repr: false`).

import type { MappedEntity } from '@relata/core'
import type { Instance, InstanceClass } from './instance.js'

/** What Node's console asks an object for. */
const inspected = Symbol.for('nodejs.util.inspect.custom')

/** Gives the class of an entity a printed form without the relationships that say `repr: false`; other classes print by themselves. */
export const printWithout = (entity: MappedEntity, made: InstanceClass): void => {
  const left = new Set(entity.relationships.filter(({ repr }) => repr === false).map(({ name }) => name))
  if (left.size === 0) return
  // A constructor only gives its name to what is printed.
  const Printed = Object.defineProperty(function printed() {}, 'name', { value: entity.name })
  Object.defineProperty(made.prototype, inspected, {
    value(this: Instance): object {
      const printed: object = Object.create(Object.create(null, { constructor: { value: Printed } }) as object) as object
      return Object.assign(printed, Object.fromEntries(Object.entries(this).filter(([name]) => !left.has(name))))
    },
  })
}
