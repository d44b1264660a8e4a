// A map of a few entries, which most objects never need: it costs one small object until something is put in, where a Map costs its
// table at once. Every instance has several.

/** What of a Map the session uses, in order of insertion. Looking up is linear: keys are the slots of one object. */
export class SmallMap<K, V> {
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
