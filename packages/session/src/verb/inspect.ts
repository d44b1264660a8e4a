// isInstance, entityNameOf, identityOf: what an object is.

import { Instance } from '../state/instance.js'
import { committedKey, entityOf, instanceFrom } from '../state/state-of.js'

/** Is it an object that `create` or a query made, not a copy of one? `isInstance({ ...ed }) // false` */
export const isInstance = (value: unknown): value is object => Instance.is(value)

/** The name of an object's entity: of the subclass, where it is of one. Throws `ChangeRefused` for what is no instance. `entityNameOf(card) // 'Card'` */
export const entityNameOf = (object: object): string => entityOf(instanceFrom(object, 'entityNameOf')).name

/** The values of the primary key as the database has them, in key order, or undefined for an object without a row. `identityOf(ed) // [1]` */
export const identityOf = (object: object): readonly unknown[] | undefined => committedKey(instanceFrom(object, 'identityOf'))
