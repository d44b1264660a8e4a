// planFlush: from what changed to what is written, in a pipe of passes that send nothing and change nothing.

import { left, right, type Either } from 'fp-ts/lib/Either.js'
import type { Mapping } from '../../configure/mapping.js'
import { withJson } from '../json/flush-plan-json.js'
import { canonical } from './canonical.js'
import { decideFates } from './decide-fates.js'
import { Fate, isInSession, type Copy, type Flushing } from './fate.js'
import { FlushRefused, type FlushError } from './flush-error.js'
import type { FlushInput, FlushNeed, FlushObject, ObjectId } from './flush-input.js'
import type { Assignment, FlushPlan } from './flush-plan.js'
import { mappingShape, type MappingShape } from './mapping-shape.js'
import { orderDeletes, orderSaves } from './order.js'
import { switchRows } from './row-switch.js'
import { StepBuilder } from './step-builder.js'
import { synchronise } from './synchronise.js'
import { resolve } from './value.js'
import { writeAssociations } from './write-associations.js'
import { postponedRow } from './update-row.js'
import { warnings } from './warnings.js'
import { deleteBatch, writeBatch } from './write-batch.js'

export type FlushPlanning =
  | { readonly _tag: 'Plan'; readonly plan: FlushPlan }
  /** What to load (or to say) first; plan again with it. */
  | { readonly _tag: 'Needs'; readonly loads: readonly FlushNeed[] }

/**
 * Plans the writes of changed objects: the mapping and the closed description of what changed go in, ordered steps with their reasons
 * come out, or what would have to be loaded first. Left where no plan exists: a circle of rows, a key that would become null.
 *
 * @example
 * const planned = planFlush(mapping, { _tag: 'FlushInput', objects: [
 *   { id: 0, entity: 'User', state: 'new', changed: true, order: 1, key: undefined,
 *     columns: { now: { name: 'ed' }, was: {}, unknown: [] }, relationships: {}, parents: {}, stray: false },
 * ] })
 * // right({ _tag: 'Plan', plan: { steps: [{ _tag: 'insert', table: 'users', … }], … } })
 */
export const planFlush = (mapping: Mapping, input: FlushInput): Either<FlushError, FlushPlanning> => {
  try {
    return right(planned(mapping, input))
  } catch (thrown) {
    if (thrown instanceof FlushRefused) return left(thrown.refusal)
    throw thrown
  }
}

const planned = (mapping: Mapping, input: FlushInput): FlushPlanning => {
  const flushing = begin(mappingShape(mapping), input)
  try {
    return passes(mapping, flushing)
  } catch (thrown) {
    throw thrown instanceof FlushRefused ? new FlushRefused({ ...thrown.refusal, warnings: warnings(flushing) }) : thrown
  }
}

const passes = (mapping: Mapping, flushing: Flushing): FlushPlanning => {
  decideFates(flushing)
  if (flushing.needs.length > 0) return needs(flushing)
  const associations = synchronise(flushing)
  const { saved, doomed, ...ends } = sortedOut(flushing)
  const switches = switchRows(flushing, saved, doomed)
  const goes = switches.length === 0 ? doomed : withoutReplaced(doomed, switches)
  const steps = new StepBuilder()
  writeAssociations(flushing, associations.filter(({ when }) => when === 'first'), steps)
  for (const batch of orderSaves(flushing, saved)) writeBatch(flushing, batch, steps)
  writeAssociations(flushing, associations.filter(({ when }) => when === 'last'), steps)
  if (flushing.shape.postpones) {
    for (const fates of [saved, goes]) {
      steps.nextLevel()
      for (const fate of fates) if (fate.postponed !== undefined) for (const table of fate.shape.tables) postponedRow(flushing, fate, table, steps)
    }
  }
  for (const batch of orderDeletes(flushing, goes)) deleteBatch(flushing, batch, steps)
  const done = steps.steps()
  if (flushing.needs.length > 0) return needs(flushing)
  return {
    _tag: 'Plan',
    plan: withJson(mapping, {
      _tag: 'FlushPlan', version: 1, fingerprint: mapping.fingerprint, objects: flushing.objects, steps: done,
      assignments: assignments(flushing),
      ...ends,
      rowSwitches: switches.map(([fresh, old]) => [fresh.object.id, old.object.id] as const),
      warnings: warnings(flushing, done),
    }),
  }
}

interface SortedOut extends Pick<FlushPlan, 'inserted' | 'kept' | 'deleted' | 'orphans' | 'expelled'> { readonly saved: readonly Fate[]; readonly doomed: readonly Fate[] }

/** What each object comes to, in one walk over all of them. */
const sortedOut = ({ ordered }: Flushing): SortedOut => {
  // Cut to what there is: a list that grows is copied again and again.
  const saved = Array<Fate>(ordered.length)
  let savedCount = 0
  const inserted: ObjectId[] = []
  const doomed: Fate[] = []
  const kept: ObjectId[] = []
  const deleted: ObjectId[] = []
  const orphans: ObjectId[] = []
  const expelled: ObjectId[] = []
  for (let at = 0; at < ordered.length; at++) {
    const fate = ordered[at] as Fate // within the list
    const { id, state } = fate.object
    if (fate.expelled) expelled.push(id)
    if (fate.part === 'none' || !isInSession(fate)) continue
    if (fate.part === 'written') {
      if (fate.doomed) doomed.push(fate)
      else saved[savedCount++] = fate
    }
    if (!fate.doomed && state !== 'new') kept.push(id)
    else if (fate.part !== 'written') continue
    else if (!fate.doomed) inserted.push(id)
    else {
      deleted.push(id)
      if (fate.orphan) orphans.push(id)
    }
  }
  saved.length = savedCount
  return { saved, doomed, inserted, kept, deleted, orphans, expelled }
}

const withoutReplaced = (doomed: readonly Fate[], switches: readonly (readonly [Fate, Fate])[]): readonly Fate[] => {
  const replaced = new Set(switches.map(([, old]) => old))
  return doomed.filter((fate) => !replaced.has(fate))
}

const begin = (shape: MappingShape, input: FlushInput): Flushing => {
  const objects = canonical(shape, input.objects)
  // Of just their length, since lists that grow are copied again and again.
  const fates = Array<Fate | undefined>(objects.length)
  const ordered = Array<Fate>(objects.length)
  const entities = Array<string>(objects.length)
  const keys = Array<readonly unknown[] | null>(objects.length)
  for (let at = 0; at < objects.length; at++) {
    const object = objects[at] as FlushObject // within the list
    const entity = shape.entities[object.entity]
    if (entity === undefined) throw new Error(`the mapping has no entity '${object.entity}'`)
    const fate = new Fate(object, entity)
    fates[object.id] = fate
    ordered[at] = fate
    entities[object.id] = object.entity
    keys[object.id] = object.key ?? null
  }
  // A number that no object bears is of none.
  if (entities.length > objects.length) for (let id = 0; id < entities.length; id++) { entities[id] ??= ''; keys[id] ??= null }
  return { shape, fates, ordered, objects: { entities, keys }, needs: [], outside: new Map(), turns: undefined }
}

const needs = (flushing: Flushing): FlushPlanning => {
  const seen = new Set<string>()
  const loads = flushing.needs.filter((need) => {
    const text = `${need.object}\u0000${needText(need)}`
    return seen.has(text) ? false : seen.add(text)
  })
  return { _tag: 'Needs', loads }
}

const needText = (need: FlushNeed): string => {
  switch (need._tag) {
    case 'members': return need.relationship
    case 'columns': return need.attributes.join()
    case 'links': return '*'
    default: return need satisfies never
  }
}

/**
 * What objects take on beside what statements write: those outside the session, those whose key the database changes, the key of a row
 * that is taken over, and the nulls that relationships set in new ones, which their INSERT does not tell from what was never given.
 */
const assignments = (flushing: Flushing): readonly Assignment[] => {
  const found: Assignment[] = []
  for (let place = 0; place < flushing.ordered.length; place++) {
    const fate = flushing.ordered[place] as Fate // within the list
    if (fate.written === undefined || fate.doomed) continue
    const inMemory = fate.part === 'memory' || !isInSession(fate)
    const isNew = fate.object.state === 'new'
    if (!inMemory && !isNew && fate.cascaded === undefined) continue
    for (let at = 0; at < fate.written.length; at++) {
      const { name, from } = fate.written[at] as Copy // within the list
      const attribute = fate.shape.entity.attribute[name]
      if (attribute === undefined) continue
      const takesOver = fate.switched !== undefined && attribute.primaryKey
      if (!inMemory && fate.cascaded?.has(name) !== true && !(isNew && (from === null || takesOver))) continue
      const { value, symbol } = resolve(flushing, fate, attribute)
      found.push({ object: fate.object.id, attribute: name, value, symbol })
    }
  }
  return found
}
