// N+1, found where loads are made: objects of one result whose relationship is loaded one by one, by one statement each.

import type { MappedRelationship } from '@relata/core'
import { areReadsNoted, noteReads } from '../load/noted-reads.js'
import type { Instance } from '../state/instance.js'
import type { RepeatedLoad } from '../state/session-options.js'
import type { SessionState } from '../state/model.js'
import { currentSite } from './call-site.js'

/** The objects that one statement made, and how often each relationship was loaded for one of them alone. */
interface Result {
  size: number
  readonly alone: Map<string, number>
}

const results = new WeakMap<SessionState, WeakMap<Instance, Result>>()

/** Notes of a session which objects come from one result, for as long as it lives. */
export const watchResults = (session: SessionState): void => {
  const known = new WeakMap<Instance, Result>()
  results.set(session, known)
  noteReads(session, ({ met, fresh }) => {
    const result: Result = { size: 0, alone: new Map() }
    for (const instance of met) {
      if (!fresh.has(instance)) continue
      result.size++
      known.set(instance, result)
    }
  })
}

/** Is told of each statement that loads a relationship of one object; the second of one result is reported, once. */
export const noteLoadOfOne = (session: SessionState, instance: Instance, relationship: MappedRelationship): void => {
  const { onRepeatedLoad } = session.listeners
  if (onRepeatedLoad === undefined || !areReadsNoted(session)) return
  const result = results.get(session)?.get(instance)
  if (result === undefined) return
  const times = (result.alone.get(relationship.key) ?? 0) + 1
  result.alone.set(relationship.key, times)
  if (times !== 2) return
  const callSite = currentSite(session)
  const event: RepeatedLoad = {
    relationship: relationship.key, siblings: result.size, ...(callSite === undefined ? {} : { callSite }),
    hint: `load it with the query: options(selectinload(${relationship.key})), or for all at once: load(${relationship.key})(objects)`,
  }
  onRepeatedLoad(event)
}
