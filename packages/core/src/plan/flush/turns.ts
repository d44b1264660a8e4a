// Of two relationships that write one column of a row, the one whose turn comes later holds. Among tables, turns go by name. Where
// entities refer to each other in a circle, rows are written one by one and a relationship has its turn as soon as the rows before it
// are written: there the longer chain of rows comes later. Chains are counted only where two relationships do contend.

import type { MappedRelationship } from '../../configure/mapping.js'
import { isInSession, linksOf, type Copy, type Fate, type Flushing, type Turns } from './fate.js'
import { stronglyConnected } from './strongly-connected.js'

/** Does what one relationship wrote into a row hold against another that comes after it by name? */
export const holdsAgainst = (flushing: Flushing, row: Fate, present: Copy, next: Copy): boolean => {
  if (present.by === next.by || present.by.postUpdate || (present.of ?? row).doomed !== (next.of ?? row).doomed) return false
  const turns = flushing.turns ??= countTurns(flushing)
  return turns.circular.has(rootOf(row)) && turnOf(turns, flushing, row, present) > turnOf(turns, flushing, row, next)
}

const countTurns = (flushing: Flushing): Turns => {
  const circular = circularRoots(flushing)
  const rows = flushing.ordered.filter((fate) => fate.part === 'written' && !fate.doomed && isInSession(fate) && circular.has(rootOf(fate)))
  // A reference in memory has its turn though nothing of it changed, so all that is in memory has to be told.
  for (const { object } of rows) {
    if (object.key !== undefined && object.told !== true) flushing.needs.push({ _tag: 'links', object: object.id, because: 'two relationships write one column' })
  }
  return { circular, before: countChains(flushing, circular, rows) }
}

const turnOf = ({ circular, before }: Turns, flushing: Flushing, row: Fate, { by, of = row }: Copy): number => {
  if (by.direction === 'one-to-many') return (before.get(of) ?? 0) + 1
  // Rows outside of the circle are written before any of it.
  const others = members(flushing, of, by).map((target) => (before.get(target) ?? -1) + 1)
  return Math.max(circular.has(targetRoot(flushing, by)) ? 0 : 1, ...others)
}

/** Entities, by their roots, that refer to each other in a circle, or to themselves. */
export const circularRoots = (flushing: Flushing): ReadonlySet<string> => {
  const place = new Map<string, number>()
  for (const fate of flushing.ordered) if (fate.part === 'written' && !place.has(rootOf(fate))) place.set(rootOf(fate), place.size)
  const edges: number[][] = Array.from(place, () => [])
  for (const relationship of flushing.shape.processed) {
    if (relationship.postUpdate || relationship.direction === 'many-to-many') continue
    const owner = place.get(flushing.shape.entities[relationship.entity]?.entity.inheritance.root ?? '')
    const target = place.get(targetRoot(flushing, relationship))
    if (owner === undefined || target === undefined) continue
    if (relationship.direction === 'many-to-one') edges[owner]?.push(target)
    else edges[target]?.push(owner)
  }
  const roots = [...place.keys()]
  const isCircular = (component: readonly number[]): boolean => component.length > 1 || component.some((at) => edges[at]?.includes(at))
  return new Set(stronglyConnected(roots.length, edges).filter(isCircular).flatMap((component) => component.map((at) => roots[at] ?? '')))
}

/** For each row of the circle, how many rows and turns are before it on the longest chain. */
const countChains = (flushing: Flushing, circular: ReadonlySet<string>, rows: readonly Fate[]): ReadonlyMap<Fate, number> => {
  const before = new Map<Fate, number>(rows.map((fate) => [fate, 0]))
  const after = new Map<Fate, Fate[]>()
  const waiting = new Map<Fate, number>()
  const connect = (first: Fate, then: Fate): void => {
    if (!before.has(first) || !before.has(then)) return
    const known = after.get(first)
    if (known === undefined) after.set(first, [then])
    else known.push(then)
    waiting.set(then, (waiting.get(then) ?? 0) + 1)
  }
  for (const fate of rows) {
    for (const relationship of fate.shape.relationships) {
      const { direction, postUpdate, name } = relationship
      if (postUpdate || direction === 'many-to-many' || fate.object.relationships[name]?.loaded !== true) continue
      if (direction === 'many-to-one') before.set(fate, Math.max(before.get(fate) ?? 0, circular.has(targetRoot(flushing, relationship)) ? 1 : 2))
      for (const member of members(flushing, fate, relationship)) {
        if (direction === 'many-to-one') connect(member, fate)
        else connect(fate, member)
      }
    }
  }
  const ready = rows.filter((fate) => !waiting.has(fate))
  for (let fate = ready.pop(); fate !== undefined; fate = ready.pop()) {
    for (const then of after.get(fate) ?? []) {
      before.set(then, Math.max(before.get(then) ?? 0, (before.get(fate) ?? 0) + 2))
      const left = (waiting.get(then) ?? 0) - 1
      waiting.set(then, left)
      if (left === 0) ready.push(then)
    }
  }
  return before
}

/** Those that a relationship holds, and those that it let go. */
const members = (flushing: Flushing, fate: Fate, relationship: MappedRelationship): readonly Fate[] => {
  const { added, removed, kept } = linksOf(fate, relationship)
  return [...added, ...kept ?? [], ...removed].flatMap((id) => (id === null ? [] : flushing.fates[id] ?? []))
}

export const rootOf = ({ shape }: Fate): string => shape.entity.inheritance.root

export const targetRoot = ({ shape }: Flushing, { target }: MappedRelationship): string => shape.entities[target]?.entity.inheritance.root ?? ''
