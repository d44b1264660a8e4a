// The follow-ups of one level of a load, before any of them runs: those of one place in the plan together, whoever met their parents.

import type { FollowUp } from '@relata/core'
import { Instance } from '../state/instance.js'
import type { FollowUps, Hydration, Reader } from './reader.js'
import { isOfEntity, readersOf } from './run-plan.js'

/** A follow-up and the objects that it is for. */
export interface Waiting {
  readonly hydration: Hydration
  readonly followUp: FollowUp
  readonly path: readonly string[]
  readonly given: readonly unknown[]
  readonly parents: Instance[]
  /** Those of them that the load made. */
  fresh: ReadonlySet<Instance>
  /** Those of them that the same rows brought further out already: what is filled there is not asked for again. */
  readonly elsewhere: Set<Instance>
}

/** Where several readers met parents: those of all of them, to be added to. */
interface Gathered { readonly parents: Set<Instance>; readonly fresh: Set<Instance> }

export class Level implements FollowUps {
  readonly waiting: Waiting[] = []
  readonly #byPlace = new Map<FollowUp, Waiting>()
  readonly #gathered = new Map<Waiting, Gathered>()

  /** Adds the follow-ups of everything that a reader met. */
  add(hydration: Hydration, reader: Reader, given: readonly unknown[]): void {
    const outside = new Set<Instance>()
    for (const each of readersOf(reader)) {
      for (const followUp of each.compiled.read.followUps) {
        const parents = each.met.filter((instance) => isOfEntity(Instance.backing(instance).entity, followUp.of)
          && (hydration.descend || each.fresh.has(instance)) && hydration.again?.(instance, followUp.name) !== true)
        if (parents.length === 0) continue
        const waiting = this.#await(hydration, followUp, each, given, parents)
        if (followUp.strategy === 'subquery') for (const parent of parents) if (outside.has(parent)) waiting.elsewhere.add(parent)
      }
      if (reader.related.length > 0) for (const instance of each.met) outside.add(instance)
    }
  }

  /** A statement that repeats the one of its parents is for the parents of that one alone. */
  #await(hydration: Hydration, followUp: FollowUp, reader: Reader, given: readonly unknown[], parents: Instance[]): Waiting {
    const known = this.#byPlace.get(followUp)
    if (known?.hydration === hydration && followUp.load?.keys._tag !== 'repeated') {
      this.#join(known, reader, parents)
      return known
    }
    const made: Waiting = { hydration, followUp, path: reader.compiled.read.path, given, parents, fresh: reader.fresh, elsewhere: new Set() }
    this.waiting.push(made)
    this.#byPlace.set(followUp, made)
    return made
  }

  #join(waiting: Waiting, { fresh }: Reader, parents: readonly Instance[]): void {
    let all = this.#gathered.get(waiting)
    if (all === undefined) {
      this.#gathered.set(waiting, all = { parents: new Set(waiting.parents), fresh: new Set(waiting.fresh) })
      waiting.fresh = all.fresh
    }
    for (const parent of parents) {
      if (fresh.has(parent)) all.fresh.add(parent)
      if (all.parents.has(parent)) continue
      all.parents.add(parent)
      waiting.parents.push(parent)
    }
  }
}
