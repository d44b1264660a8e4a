// Collections by class: a list is an array, a set a Set, a keyed collection a Map. Members are compared by identity.

import type { CollectionClass, CustomCollection, MappedRelationship } from '@relata/core'
import { fail } from '../relata-error.js'
import { values, type Instance } from './instance.js'
import { absent } from './model.js'
import { entityOf, hasIdentity, statusOf } from './state-of.js'

/** One of the program's own: only its class knows what it is. */
export interface OwnCollection { readonly [own]: true }
declare const own: unique symbol
export type Collection = Instance[] | Set<Instance> | Map<unknown, Instance> | OwnCollection

export interface CollectionKind {
  readonly shape: 'list' | 'set' | 'keyed' | 'custom'
  empty(): Collection
  /** A fresh collection of these members; of two with one key the last stays. */
  of(members: Iterable<Instance>): Collection
  /** Every member, in order; a list may give one twice. */
  members(collection: Collection): Iterable<Instance>
  size(collection: Collection): number
  has(collection: Collection, member: Instance): boolean
  /** The collection with one more: itself, changed in place, or as a custom one says. A set that has it, and a key that has it, stay. */
  append(collection: Collection, member: Instance): Collection
  /** The collection without these members, once each: lists give a new array, sets and maps change in place. */
  without(collection: Collection, members: ReadonlySet<Instance>): Collection
  /** The member that appending this one would push out: the holder of its key. */
  displacedBy(collection: Collection, member: Instance): Instance | undefined
}

const list: CollectionKind = {
  shape: 'list',
  empty: () => [],
  of: (members) => [...members],
  members: (collection) => asList(collection),
  size: (collection) => asList(collection).length,
  has: (collection, member) => asList(collection).includes(member),
  append: (collection, member) => { asList(collection).push(member); return collection },
  without: (collection, members) => {
    const left = new Set(members)
    return asList(collection).filter((member) => !left.delete(member))
  },
  displacedBy: () => undefined,
}

const set: CollectionKind = {
  shape: 'set',
  empty: () => new Set(),
  of: (members) => new Set(members),
  members: (collection) => asSet(collection),
  size: (collection) => asSet(collection).size,
  has: (collection, member) => asSet(collection).has(member),
  append: (collection, member) => asSet(collection).add(member),
  without: (collection, members) => {
    for (const member of members) asSet(collection).delete(member)
    return collection
  },
  displacedBy: () => undefined,
}

/** A member whose key nobody gave yet has no place in a map: where it is not refused before, it is left out. */
const keyed = (keyOf: (member: Instance) => unknown, isUnkeyed: (member: Instance) => boolean): CollectionKind => ({
  shape: 'keyed',
  empty: () => new Map(),
  of: (members) => {
    const map = new Map<unknown, Instance>()
    for (const member of members) if (!isUnkeyed(member)) map.set(keyOf(member), member)
    return map
  },
  members: (collection) => asMap(collection).values(),
  size: (collection) => asMap(collection).size,
  has: (collection, member) => keyHeldBy(asMap(collection), keyOf(member), member) !== undefined,
  append: (collection, member) => isUnkeyed(member) ? collection : asMap(collection).set(keyOf(member), member),
  without: (collection, members) => {
    for (const member of members) {
      const held = keyHeldBy(asMap(collection), keyOf(member), member)
      if (held !== undefined) asMap(collection).delete(held.key)
    }
    return collection
  },
  displacedBy: (collection, member) => {
    const holder = asMap(collection).get(keyOf(member))
    return holder === member ? undefined : holder
  },
})

const custom = (given: CustomCollection): CollectionKind => {
  // The mapping's functions take the program's own collection and its objects, which these are.
  const { empty, add, remove, members } = given as unknown as {
    empty(): Collection; add(collection: Collection, member: Instance): Collection; remove(collection: Collection, member: Instance): Collection; members(collection: Collection): Iterable<Instance>
  }
  const ofAll = (all: Iterable<Instance>): Collection => {
    let collection = empty()
    for (const member of new Set(all)) collection = add(collection, member)
    return collection
  }
  const has = (collection: Collection, member: Instance): boolean => {
    for (const each of members(collection)) if (each === member) return true
    return false
  }
  return {
    shape: 'custom', empty, of: ofAll, members, has,
    size: (collection) => Array.from(members(collection)).length,
    append: (collection, member) => has(collection, member) ? collection : add(collection, member),
    without: (collection, gone) => {
      let left = collection
      for (const member of gone) if (has(left, member)) left = remove(left, member)
      return left
    },
    displacedBy: () => undefined,
  }
}

/** A member keeps the key that it had when it came in, so its present key is only the first place to look. */
const keyHeldBy = (map: Map<unknown, Instance>, present: unknown, member: Instance): { readonly key: unknown } | undefined => {
  if (map.get(present) === member) return { key: present }
  for (const [key, value] of map) if (value === member) return { key }
  return undefined
}

/** The key of a member by what the mapping says; several attributes make one text. */
export const memberKey = (keyedBy: string | readonly string[] | ((member: never) => unknown), member: Instance): unknown => {
  if (typeof keyedBy === 'function') return keyedBy(member as never /* the mapping's function takes the target's instance, which this is */)
  const shown = values(member)
  return typeof keyedBy === 'string' ? shown[keyedBy] : JSON.stringify(keyedBy.map((name) => shown[name]))
}

/** The attribute of its key that a new object was not given. */
export const unkeyedBy = (keyedBy: string | readonly string[] | ((member: never) => unknown), member: Instance): string | undefined => {
  if (typeof keyedBy === 'function' || hasIdentity(member)) return undefined
  const { slot } = entityOf(member)
  return [keyedBy].flat().find((name) => statusOf(member, slot[name] ?? -1) === absent)
}

const kinds = new WeakMap<object, CollectionKind>()

/** The kind of a relationship's collection. */
export const collectionOf = (relationship: Pick<MappedRelationship, 'collectionClass'>): CollectionKind => kindOf(relationship.collectionClass)

const kindOf = (collectionClass: CollectionClass): CollectionKind => {
  if (collectionClass === 'list') return list
  if (collectionClass === 'set') return set
  let known = kinds.get(collectionClass)
  if (known === undefined) {
    if ('empty' in collectionClass) known = custom(collectionClass)
    else {
      const { keyedBy } = collectionClass
      known = keyed((member) => memberKey(keyedBy, member), (member) => unkeyedBy(keyedBy, member) !== undefined)
    }
    kinds.set(collectionClass, known)
  }
  return known
}

const asList = (collection: unknown): Instance[] => Array.isArray(collection) ? collection as Instance[] : wrongShape('list', collection) // slots hold instances
const asSet = (collection: unknown): Set<Instance> => collection instanceof Set ? collection as Set<Instance> : wrongShape('set', collection)
const asMap = (collection: unknown): Map<unknown, Instance> => collection instanceof Map ? collection as Map<unknown, Instance> : wrongShape('keyed', collection)

/** How messages name the shape of a value. */
export const shapeName = (value: unknown): string =>
  value === null ? 'null' : value === undefined ? 'nothing' : Array.isArray(value) ? 'a list' : value instanceof Set ? 'a set' : value instanceof Map ? 'a map' : typeof value === 'object' ? 'an object' : `a ${typeof value}`

/** In words: what a relationship holds. */
export const shapeInWords = (shape: CollectionKind['shape']): string => ({ list: 'a list', set: 'a set', keyed: 'a keyed collection', custom: 'a collection of its own' })[shape]

const wrongShape = (shape: CollectionKind['shape'], value: unknown): never => fail({
  _tag: 'ChangeRefused', code: 'collection-type', message: `this collection is ${shapeInWords(shape)}, and got ${shapeName(value)}`,
  hint: shape === 'list' ? 'give an array' : shape === 'set' ? 'give a Set' : 'give a Map from key to member',
})
