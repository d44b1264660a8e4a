// A map of a few entries, which most objects never need: it costs one small object until something is put in, where a Map costs its
// table at once. Every instance has several, and until it has an entry of its own, all of them are one and the same empty map.

/** What may be done to a map that others may share: everything but putting something in. */
export interface SharedSmallMap<K, V> extends Iterable<[K, V]> {
  readonly size: number
  has(key: K): boolean
  get(key: K): V | undefined
  delete(key: K): boolean
  clear(): void
  keys(): IterableIterator<K>
  values(): IterableIterator<V>
}

/** What of a Map the session uses, in order of insertion. Looking up is linear: keys are the slots of one object. */
export class SmallMap<K, V> implements SharedSmallMap<K, V> {
  #keys: K[] | undefined
  #values: V[] | undefined

  get size(): number {
    return this.#keys === undefined ? 0 : this.#keys.length
  }

  has(key: K): boolean {
    return this.#keys !== undefined && this.#keys.includes(key)
  }

  get(key: K): V | undefined {
    if (this.#keys === undefined) return undefined
    const at = this.#keys.indexOf(key)
    return at === -1 ? undefined : this.#values?.[at]
  }

  set(key: K, value: V): this {
    if (this.#keys === undefined || this.#values === undefined) {
      this.#keys = [key]
      this.#values = [value]
      return this
    }
    const at = this.#keys.indexOf(key)
    if (at === -1) {
      this.#keys.push(key)
      this.#values.push(value)
    } else this.#values[at] = value
    return this
  }

  delete(key: K): boolean {
    const at = this.#keys === undefined ? -1 : this.#keys.indexOf(key)
    if (at === -1) return false
    this.#keys?.splice(at, 1)
    this.#values?.splice(at, 1)
    return true
  }

  clear(): void {
    this.#keys = undefined
    this.#values = undefined
  }

  *keys(): IterableIterator<K> {
    // A copy: what is deleted while iterating must not hide what follows it.
    if (this.#keys !== undefined) yield* this.#keys.slice()
  }

  *values(): IterableIterator<V> {
    if (this.#values !== undefined) yield* this.#values.slice()
  }

  *[Symbol.iterator](): IterableIterator<[K, V]> {
    if (this.#keys === undefined || this.#values === undefined) return
    const keys = [...this.#keys]
    const values = [...this.#values]
    for (let at = 0; at < keys.length; at++) yield [keys[at] as K, values[at] as V] // both lists are of one length
  }
}

const empty = new SmallMap<unknown, unknown>()

/** The empty map that objects share. */
export const noEntries = <K, V>(): SharedSmallMap<K, V> => empty as SharedSmallMap<unknown, unknown> as SharedSmallMap<K, V> // it never holds any

/** The map itself, or a new one in the place of the shared one. */
export const ownEntries = <K, V>(map: SharedSmallMap<K, V>): SmallMap<K, V> => map === empty ? new SmallMap<K, V>() : map as SmallMap<K, V> // what is not the shared one is one of these
