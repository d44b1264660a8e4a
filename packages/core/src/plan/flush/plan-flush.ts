// planFlush: from what changed to what is written, in a pipe of passes that send nothing and change nothing.

import { left, right, type Either } from 'fp-ts/lib/Either.js'
import type { Mapping } from '../../configure/mapping.js'
import { withJson } from '../json/flush-plan-json.js'
import { decideFates } from './decide-fates.js'
import { Fate, isInSession, type Flushing } from './fate.js'
import { FlushRefused, type FlushError } from './flush-error.js'
import type { FlushInput, FlushNeed, FlushObject, ObjectId } from './flush-input.js'
import type { Assignment, FlushPlan, PlannedObjects } from './flush-plan.js'
import { mappingShape, type MappingShape } from './mapping-shape.js'
import { orderDeletes, orderSaves } from './order.js'
import { keyPart, switchRows } from './row-switch.js'
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
  const switches = switchRows(flushing)
  const replaced = new Set(switches.map(([, old]) => old))
  const saved: Fate[] = []
  const doomed: Fate[] = []
  for (const fate of flushing.ordered) if (fate.part === 'written' && isInSession(fate)) (fate.doomed ? doomed : saved).push(fate)
  const goes = doomed.filter((fate) => !replaced.has(fate))
  const steps = new StepBuilder()
  writeAssociations(flushing, associations.filter(({ when }) => when === 'first'), steps)
  for (const batch of orderSaves(flushing, saved)) writeBatch(flushing, batch, steps)
  writeAssociations(flushing, associations.filter(({ when }) => when === 'last'), steps)
  for (const fates of [saved, goes]) {
    steps.nextLevel()
    for (const fate of fates) if (fate.postponed !== undefined) for (const table of fate.shape.tables) postponedRow(flushing, fate, table, steps)
  }
  for (const batch of orderDeletes(flushing, goes)) deleteBatch(flushing, batch, steps)
  const done = steps.steps()
  if (flushing.needs.length > 0) return needs(flushing)
  const ids = (fates: readonly Fate[]): readonly ObjectId[] => fates.map(({ object }) => object.id)
  return {
    _tag: 'Plan',
    plan: withJson(mapping, {
      _tag: 'FlushPlan', version: 1, fingerprint: mapping.fingerprint, objects: objectsOf(flushing), steps: done,
      assignments: assignments(flushing),
      inserted: ids(saved.filter(({ object }) => object.state === 'new')),
      kept: ids(flushing.ordered.filter((fate) => fate.part !== 'none' && !fate.doomed && fate.object.state !== 'new' && isInSession(fate))),
      deleted: ids(doomed),
      orphans: ids(doomed.filter(({ orphan }) => orphan)),
      expelled: ids(flushing.ordered.filter(({ expelled }) => expelled)),
      rowSwitches: switches.map(([fresh, old]) => [fresh.object.id, old.object.id] as const),
      warnings: warnings(flushing, done),
    }),
  }
}

/** What each object is, by its number; a number that no object bears is of none. */
const objectsOf = ({ fates }: Flushing): PlannedObjects => {
  const entities: string[] = []
  const keys: (readonly unknown[] | null)[] = []
  for (const fate of fates) {
    entities.push(fate?.object.entity ?? '')
    keys.push(fate?.object.key ?? null)
  }
  return { entities, keys }
}

const begin = (shape: MappingShape, input: FlushInput): Flushing => {
  const fates: (Fate | undefined)[] = []
  const ordered: Fate[] = []
  for (const object of canonical(shape, input.objects)) {
    const entity = shape.entities[object.entity]
    if (entity === undefined) throw new Error(`the mapping has no entity '${object.entity}'`)
    const fate = new Fate(object, entity)
    fates[object.id] = fate
    ordered.push(fate)
  }
  return { shape, fates, ordered, needs: [], outside: new Map(), turns: undefined }
}

/** New objects in order of adding, the others by entity and key: so a plan does not depend on the order of its input. */
const canonical = (shape: MappingShape, objects: readonly FlushObject[]): readonly FlushObject[] => {
  const fresh: FlushObject[] = []
  const old = new Map<string, FlushObject[]>()
  for (const object of objects) {
    if (object.key === undefined) { fresh.push(object); continue }
    const of = old.get(object.entity)
    if (of === undefined) old.set(object.entity, [object])
    else of.push(object)
  }
  const ordered = sorted(fresh, (a, b) => a.order - b.order || compareIds(a, b))
  const entities = [...old].toSorted(([a], [b]) => (shape.entities[a]?.order ?? 0) - (shape.entities[b]?.order ?? 0))
  for (const [, of] of entities) for (const object of sorted(of, byKey)) ordered.push(object)
  return ordered
}

/** Objects mostly come in order already: then they are only looked at. */
const sorted = (objects: FlushObject[], compare: (a: FlushObject, b: FlushObject) => number): FlushObject[] => {
  for (let at = 1; at < objects.length; at++) {
    if (compare(objects[at - 1] as FlushObject, objects[at] as FlushObject) > 0) return objects.toSorted(compare) // both are within the list
  }
  return objects
}

const byKey = (a: FlushObject, b: FlushObject): number => {
  const first = a.key?.[0]
  const second = b.key?.[0]
  if (typeof first === 'number' && typeof second === 'number' && first !== second) return first - second
  return compareKeys(a.key ?? [], b.key ?? []) || compareIds(a, b)
}

const compareIds = (a: FlushObject, b: FlushObject): number => a.id - b.id

const compareKeys = (a: readonly unknown[], b: readonly unknown[]): number => {
  for (let at = 0; at < a.length; at++) {
    const left = keyPart(a[at])
    const right = keyPart(b[at])
    if (left === right) continue
    if (typeof left === typeof right && left !== null && right !== null) return left < right ? -1 : 1
    return String(left) < String(right) ? -1 : 1
  }
  return 0
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
  for (const fate of flushing.ordered) {
    const inMemory = fate.part === 'memory' || !isInSession(fate)
    const isNew = fate.object.state === 'new'
    if ((!inMemory && !isNew && fate.cascaded === undefined) || fate.doomed || fate.written === undefined) continue
    for (const { name, from } of fate.written) {
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
