// When two values of a column are one.

import type { MappedAttribute } from '@relata/core'

/** The column type's equality, with null equal to itself only. */
export const sameValue = (attribute: MappedAttribute, a: unknown, b: unknown): boolean =>
  Object.is(a, b) || (a !== null && a !== undefined && b !== null && b !== undefined && attribute.descriptor.type.equals(a, b))
