// The members that the rows of a join bring for one collection, each once. A member that the read has just made cannot be there yet;
// only where others come is it worth a Set.

import type { Instance } from '../state/instance.js'

export class GatheredMembers {
  readonly list: Instance[] = []
  #known: Set<Instance> | undefined

  /** Adds a member; `isNew` says that it was made for this very row. */
  add(member: Instance, isNew: boolean): void {
    if (isNew) {
      this.list.push(member)
      this.#known?.add(member)
      return
    }
    const known = this.#known ??= new Set(this.list)
    if (known.has(member)) return
    known.add(member)
    this.list.push(member)
  }

  /** Of no read, and kept: see state/kept-shape. */
  static readonly sample = new GatheredMembers()
}
