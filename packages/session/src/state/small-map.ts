// A map of a few entries, which most objects never need: it costs one small object until something is put in, where a Map costs its
// table at once. Every instance has several, and until it has an entry of its own, all of them are one and the same empty map.

/** What may be done to a map that others may share: everything but putting something in. */
export interface SharedSmallMap<K, V> {
  readonly size: number
  has(key: K): boolean
  get(key: K): V | undefined
  delete(key: K): boolean
  clear(): void
  keys(): readonly K[]
  keyAt(place: number): K
  valueAt(place: number): V
  forEach(visit: (value: V, key: K) => void): void
}

/** What of a Map the session uses, in order of insertion. Looking up is linear: keys are the slots of one object. */
export class SmallMap<K, V> implements SharedSmallMap<K, V> {
  // The first entry, which is mostly the only one, and the others.
  #key: K | undefined
  #value: V | undefined
  #size = 0
  #others: { readonly keys: K[]; readonly values: V[] } | undefined

  get size(): number {
    return this.#size
  }

  has(key: K): boolean {
    return this.#size > 0 && (this.#key === key || (this.#others !== undefined && this.#others.keys.includes(key)))
  }

  get(key: K): V | undefined {
    if (this.#size === 0) return undefined
    if (this.#key === key) return this.#value
    const at = this.#others === undefined ? -1 : this.#others.keys.indexOf(key)
    return at === -1 ? undefined : this.#others?.values[at]
  }

  set(key: K, value: V): this {
    if (this.#size === 0 || this.#key === key) {
      this.#key = key
      this.#value = value
      if (this.#size === 0) this.#size = 1
      return this
    }
    const others = this.#others ??= { keys: [], values: [] }
    const at = others.keys.indexOf(key)
    if (at === -1) {
      others.keys.push(key)
      others.values.push(value)
      this.#size++
    } else others.values[at] = value
    return this
  }

  delete(key: K): boolean {
    if (!this.has(key)) return false
    if (this.#key === key) {
      this.#key = this.#others?.keys.shift()
      this.#value = this.#others?.values.shift()
    } else {
      const at = this.#others?.keys.indexOf(key) ?? -1
      this.#others?.keys.splice(at, 1)
      this.#others?.values.splice(at, 1)
    }
    this.#size--
    return true
  }

  clear(): void {
    this.#key = undefined
    this.#value = undefined
    this.#size = 0
    this.#others = undefined
  }

  /** The keys as they are now: what is deleted while one goes through them must not hide what follows it. */
  keys(): readonly K[] {
    return this.#size === 0 ? [] : [this.#key as K /* the first entry is there */, ...this.#others?.keys ?? []]
  }

  /** The key of an entry by its place in the order, from 0 to below the size: for those who go through them for every object of a flush. */
  keyAt(place: number): K {
    return (place === 0 ? this.#key : this.#others?.keys[place - 1]) as K // the place is within the size
  }

  /** Its value. */
  valueAt(place: number): V {
    return (place === 0 ? this.#value : this.#others?.values[place - 1]) as V // the place is within the size
  }

  /** Visits the entries; they may not change meanwhile. No iterator: this is on the path of every flush. */
  forEach(visit: (value: V, key: K) => void): void {
    if (this.#size === 0) return
    visit(this.#value as V, this.#key as K) // the first entry is there
    if (this.#others === undefined) return
    const { keys, values } = this.#others
    for (let at = 0; at < keys.length; at++) visit(values[at] as V, keys[at] as K) // both lists are of one length
  }
}

const empty = new SmallMap<unknown, unknown>()

/** The empty map that objects share. */
export const noEntries = <K, V>(): SharedSmallMap<K, V> => empty as SharedSmallMap<unknown, unknown> as SharedSmallMap<K, V> // it never holds any

/** The map itself, or a new one in the place of the shared one. */
export const ownEntries = <K, V>(map: SharedSmallMap<K, V>): SmallMap<K, V> => map === empty ? new SmallMap<K, V>() : map as SmallMap<K, V> // what is not the shared one is one of these
