// Records of entities: the unit in which features are written and composed, before a registry is made of them.

import type { AnyEntity } from '../mapping/entity.js'
import { record } from '../schema/record.js'
import type { Check } from './check.js'

/**
 * The entities of a registry, checked against each other by the compiler: targets, back references, names, join conditions.
 *
 * @example
 * const blogEntities = entities({ User: entity(users), Address: entity(addresses) })
 */
export const entities = <const E extends Readonly<Record<string, AnyEntity>>>(all: E & Check<E>): E => record(all) as E // the same entries

export type Duplicates<A, B> = keyof A & keyof B & string

/**
 * The entities of two features together; an entity may not be in both.
 *
 * @example
 * const shopEntities = entities(combine(catalog, sales))
 */
export function combine<A extends Readonly<Record<string, AnyEntity>>, B extends Readonly<Record<string, AnyEntity>>>(
  a: A,
  b: [Duplicates<A, B>] extends [never] ? B : `entity '${Duplicates<A, B>}' is in both`,
): Combined<A, B>
export function combine(a: Readonly<Record<string, AnyEntity>>, given: unknown): unknown {
  const b = given as Readonly<Record<string, AnyEntity>> // it is, where it compiles
  refuseDuplicates(Object.keys(a), Object.keys(b))
  return { ...a, ...b }
}

type Combined<A, B> = { readonly [K in keyof A | keyof B]: K extends keyof A ? A[K] : K extends keyof B ? B[K] : never }

/** The compiler refuses these; whoever gets past it made a mistake in the program. */
export const refuseDuplicates = (a: readonly string[], b: readonly string[]): void => {
  const known = new Set(a)
  for (const name of b) if (known.has(name)) throw new TypeError(`entity '${name}' is in both`)
}
