// A plan that was kept as JSON, taken up again: by the mapping that it was made from, and by no other.

import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import type { Mapping } from '../configure/mapping.js'
import { isObject } from '../configure/is-object.js'
import { mappingError } from '../configure/mapping-error.js'
import type { MappingError } from '../configure/mapping-error.js'
import type { FlushPlan } from './flush/flush-plan.js'
import { flushPlanOf, isWithJson, UnreadableValue } from './json/flush-plan-json.js'
import type { JoinPlan } from './join/join-plan.js'
import type { LoadPlan } from './load/load-plan.js'

interface Plans { readonly JoinPlan: JoinPlan; readonly LoadPlan: LoadPlan; readonly FlushPlan: FlushPlan }

/** The version of the form of each plan: a plan of another is not read. */
const versions: Readonly<Record<keyof Plans, number>> = { JoinPlan: 1, LoadPlan: 1, FlushPlan: 1 }

/**
 * The plan that some JSON, as text or parsed, holds. Left where it is no plan of that kind, of another version of this package, or
 * of another mapping, whose tables and relationships may differ from what it says.
 *
 * @example
 * pipe(readPlan(mapping, 'LoadPlan', await readFile('users.json', 'utf8')), E.map(({ statement }) => statement))
 */
export const readPlan = <T extends keyof Plans>(mapping: Mapping, kind: T, json: unknown): Either<MappingError, Plans[T]> => {
  const refused = (message: string, hint: string): Either<MappingError, never> => E.left(mappingError('argument', message, {}, hint))
  const again = `Plan it again with this mapping: ${kind === 'FlushPlan' ? 'planFlush' : kind === 'JoinPlan' ? 'planJoin' : 'planLoad'}(mapping, …).`
  const plan = typeof json === 'string' ? parsed(json) : json
  if (!isObject(plan) || plan['_tag'] !== kind) return refused(`This is no ${kind}.`, `Give what JSON.stringify made of a ${kind}.`)
  if (plan['version'] !== versions[kind]) return refused(`This ${kind} is of version ${String(plan['version'])}, and this package reads version ${versions[kind]}.`, again)
  if (plan['fingerprint'] !== mapping.fingerprint) return refused(`This ${kind} was made from another mapping, or from this one before it was changed.`, again)
  if (kind !== 'FlushPlan' || isWithJson(plan)) return E.right(plan as unknown as Plans[T]) // what planners make of that tag and version
  try {
    return E.right(flushPlanOf(mapping, plan) as Plans[T])
  } catch (thrown) {
    if (!(thrown instanceof UnreadableValue)) throw thrown
    return refused(thrown.message, again)
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
