// Warnings of what is not written because an object is not in the session: each shows when the flush comes to it.

import type { MappedRelationship } from '../../configure/mapping.js'
import type { Fate, Flushing, Outside } from './fate.js'
import type { FlushStep, FlushWarning } from './flush-plan.js'
import { circularRoots, rootOf, targetRoot } from './turns.js'

/**
 * Warns that an object is not in the session, once an operation; `owner` is the object whose keys or pairs are not written. Of an object
 * that an earlier flush deleted, only a reference to it is worth a word.
 */
export const warnOutside = (flushing: Flushing, fate: Fate, operation: string, relationship: MappedRelationship, owner?: Fate): void => {
  if (fate.object.state === 'gone' && (owner === undefined || relationship.direction !== 'many-to-one')) return
  const message = `${operation} along ${relationship.key} is not written: the ${fate.object.entity} is not in the session; add it, or give the relationship the save-update cascade`
  let outside = flushing.outside.get(message)
  if (outside === undefined) {
    const warning = { _tag: 'FlushWarning', code: 'not-in-session-cascade', relationship: relationship.key, object: fate.object.id, message } as const
    flushing.outside.set(message, outside = { warning, relationship, owners: owner === undefined ? undefined : new Set() })
  }
  if (owner !== undefined) outside.owners?.add(owner)
}

/** The warnings of a plan; of one that was refused since rows wait for each other in a circle, those that show before its rows. */
export const warnings = (flushing: Flushing, steps?: readonly FlushStep[]): readonly FlushWarning[] => {
  if (flushing.outside.size === 0) return []
  const circular = circularRoots(flushing)
  const placed: FlushWarning[] = []
  for (const outside of flushing.outside.values()) {
    const after = stepsBefore(flushing, circular, outside, steps)
    if (after !== undefined) placed.push({ ...outside.warning, after })
  }
  return placed
}

/**
 * A reference has its turn when what it may refer to is written and before its own row is; in a circle of entities it waits for the rows
 * that it does refer to alone, and there are none. Pairs come after the rows of both ends, and so does a reference of an UPDATE of its own.
 */
const stepsBefore = (flushing: Flushing, circular: ReadonlySet<string>, { relationship, owners }: Outside, steps: readonly FlushStep[] | undefined): number | undefined => {
  if (owners === undefined) return 0
  const late = relationship.direction === 'many-to-many' || relationship.postUpdate
  const isInCircle = !late && [...owners].some((owner) => circular.has(rootOf(owner)))
  if (isInCircle && (steps === undefined || circular.has(targetRoot(flushing, relationship)))) return 0
  if (steps === undefined) return undefined
  const written = lastSave(steps, tablesOf(flushing, late ? [relationship.target, relationship.entity] : [relationship.target])) + 1
  return late ? written : Math.min(written, firstSave(steps, owners) ?? written)
}

const tablesOf = ({ shape }: Flushing, entities: readonly string[]): ReadonlySet<string> =>
  new Set(entities.flatMap((entity) => shape.entities[entity]?.entity.tables ?? []))

/** The place of the last step that saves a row of these tables, or -1. */
const lastSave = (steps: readonly FlushStep[], tables: ReadonlySet<string>): number => steps.findLastIndex((step) => step._tag !== 'delete' && tables.has(step.table))

/** The place of the first step that saves one of these objects. */
const firstSave = (steps: readonly FlushStep[], owners: ReadonlySet<Fate>): number | undefined => {
  const ids = new Set([...owners].map(({ object }) => object.id))
  const at = steps.findIndex((step) => step._tag !== 'delete' && step.rows.objects.some((id) => ids.has(id)))
  return at === -1 ? undefined : at
}
