// Fourth pass: the order of writes. Entities are ordered by what refers to what; only where entities refer to each other in a circle
// (or to themselves) are their rows ordered one by one. A circle of rows has no order.

import type { MappedRelationship } from '../../configure/mapping.js'
import { linksOf, textOf, type Fate, type Flushing } from './fate.js'
import { refuse } from './flush-error.js'
import { stronglyConnected } from './strongly-connected.js'

/** Rows that wait for nothing in each other, all of one line of entities. */
export type Batch = readonly Fate[]

/** Batches of rows to save, what is referred to first. */
export const orderSaves = (flushing: Flushing, saved: readonly Fate[]): readonly Batch[] => ordered(flushing, saved, false)

/** Batches of rows to delete, what refers first. */
export const orderDeletes = (flushing: Flushing, doomed: readonly Fate[]): readonly Batch[] => ordered(flushing, doomed, true)

const ordered = (flushing: Flushing, fates: readonly Fate[], deleting: boolean): readonly Batch[] => {
  const roots = groupByRoot(fates)
  if (roots.length === 0) return []
  const place = new Map(roots.map(({ root }, index) => [root, index]))
  const before = references(flushing, place)
  const components = stronglyConnected(roots.length, before)
  const batches: Batch[] = []
  for (const component of byLevel(components, before, deleting)) {
    const only = component[0] ?? 0
    const circular = component.length > 1 || before[only]?.includes(only) === true
    if (!circular) { batches.push(roots[only]?.fates ?? []); continue }
    batches.push(...rowLevels(flushing, component.flatMap((index) => roots[index]?.fates ?? []), deleting))
  }
  // Both orders are computed as "referred to first"; deletions run it backwards, rows inside a circle included.
  return deleting ? batches.toReversed() : batches
}

/** Components by how many others they wait for in a row, and of one level by the names of their entities: the order of a plan depends on nothing else. */
const byLevel = (components: readonly (readonly number[])[], before: readonly (readonly number[])[], deleting: boolean): readonly (readonly number[])[] => {
  const levels = new Map<number, number>()
  const levelOf = (component: readonly number[]): number => Math.max(0, ...component.flatMap((at) => (before[at] ?? []).map((to) => (levels.get(to) ?? -1) + 1)))
  for (const component of components) {
    const level = levelOf(component)
    for (const at of component) levels.set(at, level)
  }
  return components.toSorted((a, b) => (levels.get(a[0] ?? 0) ?? 0) - (levels.get(b[0] ?? 0) ?? 0) || ((a[0] ?? 0) - (b[0] ?? 0)) * (deleting ? -1 : 1))
}

interface Root { readonly root: string; readonly fates: Fate[] }

const groupByRoot = (fates: readonly Fate[]): readonly Root[] => {
  const roots = new Map<string, Root>()
  let last: Root | undefined
  for (const fate of fates) {
    const { root } = fate.shape.entity.inheritance
    if (last?.root !== root) {
      last = roots.get(root)
      if (last === undefined) roots.set(root, last = { root, fates: [] })
    }
    last.fates.push(fate)
  }
  return [...roots.values()].toSorted((a, b) => (a.root < b.root ? -1 : 1))
}

/** For each root, those that it refers to, by relationships and by foreign keys of their tables. */
const references = ({ shape }: Flushing, place: ReadonlyMap<string, number>): readonly (readonly number[])[] => {
  const edges = Array.from(place, () => new Set<number>())
  const connect = (referrer: number | undefined, referred: number | undefined): void => {
    if (referrer !== undefined && referred !== undefined) edges[referrer]?.add(referred)
  }
  const rootPlace = (entity: string): number | undefined => place.get(shape.entities[entity]?.entity.inheritance.root ?? entity)
  for (const { direction, entity, target, postUpdate } of shape.processed) {
    if (postUpdate || direction === 'many-to-many') continue
    if (direction === 'many-to-one') connect(rootPlace(entity), rootPlace(target))
    else connect(rootPlace(target), rootPlace(entity))
  }
  const tables = new Map<string, number>()
  for (const { entity, tables: own } of Object.values(shape.entities)) {
    const at = place.get(entity.inheritance.root)
    if (at !== undefined) for (const { table } of own) tables.set(table, at)
  }
  for (const [table, at] of tables) {
    for (const { table: other } of shape.mapping.tables[table]?.foreignKeys ?? []) {
      const to = tables.get(other)
      if (to !== at) connect(at, to)
    }
  }
  return edges.map((set) => [...set].toSorted((a, b) => a - b))
}

/** Rows by length of the longest chain of references below them; of one level, one batch a line of entities. */
const rowLevels = (flushing: Flushing, fates: readonly Fate[], deleting: boolean): readonly Batch[] => {
  const index: number[] = []
  for (let place = 0; place < fates.length; place++) index[fates[place]?.object.id ?? 0] = place
  const after: number[][] = fates.map(() => [])
  const waiting = new Int32Array(fates.length)
  const connect = (referred: Fate | undefined, referrer: Fate | undefined): void => {
    const from = referred && index[referred.object.id]
    const to = referrer && index[referrer.object.id]
    if (from === undefined || to === undefined) return
    after[from]?.push(to)
    waiting[to] = (waiting[to] ?? 0) + 1
  }
  for (const fate of fates) for (const relationship of fate.shape.relationships) connectRows(flushing, fate, relationship, deleting, connect)
  const level = new Int32Array(fates.length)
  const ready: number[] = []
  for (let at = 0; at < fates.length; at++) if (waiting[at] === 0) ready.push(at)
  let highest = 0
  for (let next = 0; next < ready.length; next++) {
    const at = ready[next] ?? 0
    for (const to of after[at] ?? []) {
      level[to] = Math.max(level[to] ?? 0, (level[at] ?? 0) + 1)
      highest = Math.max(highest, level[to] ?? 0)
      waiting[to] = (waiting[to] ?? 0) - 1
      if (waiting[to] === 0) ready.push(to)
    }
  }
  if (ready.length < fates.length) refuseCycle(fates, after, waiting)
  const levels: Fate[][] = Array.from({ length: highest + 1 }, () => [])
  for (const [at, fate] of fates.entries()) levels[level[at] ?? 0]?.push(fate)
  return levels.flatMap((batch) => groupByRoot(batch).map((root) => root.fates))
}

const connectRows = (
  flushing: Flushing, fate: Fate, relationship: MappedRelationship, deleting: boolean,
  connect: (referred: Fate | undefined, referrer: Fate | undefined) => void,
): void => {
  if (relationship.postUpdate) return
  const links = linksOf(fate, relationship)
  // A link that stays needs no order among rows that stay; rows that go need it for every link.
  const members = deleting ? [...links.kept ?? [], ...links.removed] : links.added
  switch (relationship.direction) {
    case 'one-to-many':
      for (const id of members) if (id !== null) connect(fate, flushing.fates[id])
      return
    case 'many-to-one':
      for (const id of members) if (id !== null) connect(flushing.fates[id], fate)
      return
    case 'many-to-many': return
    default: relationship.direction satisfies never
  }
}

/** Names the rows of one circle: from any row that never became ready, back along what it waits for. */
const refuseCycle = (fates: readonly Fate[], after: readonly (readonly number[])[], waiting: Int32Array): never => {
  const blockedBy = new Map<number, number>()
  for (const [from, targets] of after.entries()) {
    if ((waiting[from] ?? 0) > 0) for (const to of targets) if ((waiting[to] ?? 0) > 0 && !blockedBy.has(to)) blockedBy.set(to, from)
  }
  const seen = new Set<number>()
  let at = blockedBy.keys().next().value ?? 0
  while (!seen.has(at)) { seen.add(at); at = blockedBy.get(at) ?? at }
  const cycle: Fate[] = []
  const start = at
  do { cycle.push(fates[at] as Fate /* within the list */); at = blockedBy.get(at) ?? start } while (at !== start)
  return refuse({
    code: 'circular-dependency', message: `these rows each need another of them first: ${[...cycle, ...cycle.slice(0, 1)].map(textOf).join(' → ')}`,
    hint: 'give one relationship of the circle postUpdate: true, or flush once without the link and set it after', objects: cycle.map(({ object }) => object.id),
  })
}
