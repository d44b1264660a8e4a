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

type Duplicates<A, B> = keyof A & keyof B & string

/**
 * The entities of two features together; an entity may not be in both.
 *
 * @example
 * const shopEntities = entities(combine(catalog, sales))
 */
export const combine = <A extends Readonly<Record<string, AnyEntity>>, B extends Readonly<Record<string, AnyEntity>>>(
  a: A,
  b: [Duplicates<A, B>] extends [never] ? B : `entity '${Duplicates<A, B>}' is in both`,
): { readonly [K in keyof A | keyof B]: K extends keyof A ? A[K] : K extends keyof B ? B[K] : never } =>
  ({ ...a, ...(b as B) }) as { readonly [K in keyof A | keyof B]: K extends keyof A ? A[K] : K extends keyof B ? B[K] : never } // b is B where it compiles
