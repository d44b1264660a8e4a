// Second pass: what relationships write. Foreign keys are copied along each relationship, association rows found; relationships are
// processed in order of `Entity_attr`, what deletions ask for first, so that of two that write one column the last one holds (turns.ts).

import type { ColumnPair, MappedAttribute, MappedRelationship } from '../../configure/mapping.js'
import { changesCopied, keysChanged } from './decide-fates.js'
import type { ObjectId } from './flush-input.js'
import { copyInto, fateOf, isInSession, isLetGo, linksOf, memberFate, textOf, type Copy, type Fate, type Flushing } from './fate.js'
import { refuse } from './flush-error.js'
import { attributeOf } from './mapping-shape.js'
import type { Reason } from './reason.js'
import { holdsAgainst } from './turns.js'
import { warnOutside } from './warnings.js'

/** A row of an association table, its columns in the order of the relationship's pairs. */
export interface AssociationRow {
  readonly relationship: MappedRelationship
  readonly verb: 'insert' | 'update' | 'delete'
  /** Before the rows that it refers to are written, or after. */
  readonly when: 'first' | 'last'
  readonly parent: Fate
  readonly member: Fate
  readonly because: Reason
}

export const synchronise = (flushing: Flushing): readonly AssociationRow[] => {
  const { shape, ordered } = flushing
  const buckets: Fate[][] = shape.processed.map(() => [])
  for (const fate of ordered) {
    if (fate.part !== 'written' || !(fate.doomed || fate.linked)) continue
    for (const relationship of fate.shape.relationships) {
      if (fate.doomed || fate.object.relationships[relationship.name] !== undefined) buckets[shape.rank.get(relationship.key) ?? -1]?.push(fate)
    }
  }
  const rows: AssociationRow[] = []
  const seen = new Map<string, Set<number>>()
  for (const doomed of [true, false]) {
    for (const [rank, relationship] of shape.processed.entries()) {
      const taken = takenOnce(seen, relationship)
      for (const fate of buckets[rank] ?? []) {
        if (fate.doomed !== doomed) continue
        switch (relationship.direction) {
          case 'one-to-many': (doomed ? childrenOfDeleted : childrenOfSaved)(flushing, relationship, fate); break
          case 'many-to-one': (doomed ? referenceOfDeleted : referenceOfSaved)(flushing, relationship, fate); break
          case 'many-to-many': for (const row of (doomed ? associationsOfDeleted : associationsOfSaved)(flushing, relationship, fate, taken)) rows.push(row); break
          default: relationship.direction satisfies never
        }
      }
    }
  }
  followKeyChanges(flushing)
  return rows
}

// ---------- one-to-many: the child holds the key

const childrenOfSaved = (flushing: Flushing, relationship: MappedRelationship, parent: Fate): void => {
  const links = linksOf(parent, relationship)
  for (const id of links.added) {
    const child = memberFate(flushing, relationship, id)
    if (child === undefined || (child.doomed && !relationship.postUpdate) || child.object.state === 'gone') continue
    write(flushing, child, relationship, copiesFor(relationship, parent, child, 'added'))
  }
  // DEP-30: passiveDeletes 'all' speaks of deleted parents; a child taken out of a collection lets go of its key.
  if (!relationship.cascade.deleteOrphan) {
    for (const id of links.removed) {
      const child = fateOf(flushing, id)
      if (isLetGo(child, relationship) && (!child.doomed || relationship.postUpdate)) clear(flushing, relationship, parent, child, 'removed')
    }
  }
  if (links.kept !== undefined && keysChanged(parent, relationship)) {
    for (const id of links.kept) {
      const child = fateOf(flushing, id)
      if (!child.doomed) populate(flushing, relationship, parent, child, 'key changed', relationship.passiveUpdates)
    }
  }
}

const childrenOfDeleted = (flushing: Flushing, relationship: MappedRelationship, parent: Fate): void => {
  if (relationship.passiveDeletes === 'all' && !relationship.postUpdate) return
  const links = linksOf(parent, relationship)
  for (const id of links.removed) {
    const child = fateOf(flushing, id)
    if (isLetGo(child, relationship) && (!child.doomed || relationship.postUpdate)) clear(flushing, relationship, parent, child, 'deleted')
  }
  if (!relationship.postUpdate && relationship.cascade.delete) return
  for (const id of links.kept ?? []) {
    const child = fateOf(flushing, id)
    if (!child.doomed || relationship.postUpdate) clear(flushing, relationship, parent, child, 'deleted')
  }
}

// ---------- many-to-one: the object itself holds the key

const referenceOfSaved = (flushing: Flushing, relationship: MappedRelationship, fate: Fate): void => {
  const links = linksOf(fate, relationship)
  if (links.added.length === 0 && links.removed.length === 0) return
  const target = links.added.length === 0 ? undefined : memberFate(flushing, relationship, links.added[0] ?? null)
  if (target === undefined) { clear(flushing, relationship, fate, fate, 'set to null'); return }
  if (!isInSession(target)) { warnOutside(flushing, target, 'setting', relationship, fate); return }
  populate(flushing, relationship, target, fate, 'set', false)
}

const referenceOfDeleted = (flushing: Flushing, relationship: MappedRelationship, fate: Fate): void => {
  if (!relationship.postUpdate || relationship.cascade.deleteOrphan || relationship.passiveDeletes === 'all') return
  if (refersToSome(fate, relationship)) clear(flushing, relationship, fate, fate, 'before deleted')
}

/** Is the row known to refer to another one? What is not in the session is not deleted with it, and need not wait. */
const refersToSome = (fate: Fate, relationship: MappedRelationship): boolean => {
  const { kept, added, removed } = linksOf(fate, relationship)
  return [...kept ?? [], ...added, ...removed].some((id) => id !== null)
}

// ---------- many-to-many: rows of the association table

/** Of two relationships linked to each other the first one writes a pair, in whichever order its objects come. */
const takenOnce = (seen: Map<string, Set<number>>, relationship: MappedRelationship) => {
  const leader = [relationship.key, ...relationship.reverse].toSorted()[0] ?? relationship.key
  let pairs = seen.get(leader)
  if (pairs === undefined) seen.set(leader, pairs = new Set())
  const known = pairs
  return (parent: Fate, member: Fate): boolean => {
    const [first, second] = relationship.key === leader ? [parent, member] : [member, parent]
    const pair = first.object.id * most + second.object.id
    if (known.has(pair)) return false
    known.add(pair)
    return true
  }
}

/** More objects than a flush can have; two numbers below it make one that is exact. */
const most = 2 ** 26

type Taken = (parent: Fate, member: Fate) => boolean

const associationsOfSaved = (flushing: Flushing, relationship: MappedRelationship, parent: Fate, taken: Taken): readonly AssociationRow[] => {
  const links = linksOf(parent, relationship)
  const rows: AssociationRow[] = []
  const associate = (id: ObjectId | null, verb: AssociationRow['verb'], operation: string, because: Reason): void => {
    const member = memberFate(flushing, relationship, id)
    if (member === undefined) return
    if (!isInSession(member)) warnOutside(flushing, member, operation, relationship, parent)
    else if (taken(parent, member)) rows.push({ relationship, verb, when: 'last', parent, member, because })
  }
  for (const id of links.added) associate(id, 'insert', 'adding', 'added')
  for (const id of links.removed) associate(id, 'delete', 'removing', 'removed')
  if (!relationship.passiveUpdates && keysChanged(parent, relationship)) {
    for (const id of links.kept ?? []) associate(id, 'update', 'the key change', 'key changed')
  }
  return rows
}

const associationsOfDeleted = (flushing: Flushing, relationship: MappedRelationship, parent: Fate, taken: Taken): readonly AssociationRow[] => {
  const links = linksOf(parent, relationship)
  const rows: AssociationRow[] = []
  for (const id of [...links.kept ?? [], ...links.removed]) {
    const member = fateOf(flushing, id)
    if (!isInSession(member)) warnOutside(flushing, member, 'deleting', relationship, parent)
    else if (taken(parent, member)) rows.push({ relationship, verb: 'delete', when: 'first', parent, member, because: 'deleted' })
  }
  return rows
}

// ---------- copying

const populate = (flushing: Flushing, relationship: MappedRelationship, source: Fate, destination: Fate, because: Reason, cascaded: boolean): void => {
  if (destination.object.state === 'gone') return
  write(flushing, destination, relationship, copiesFor(relationship, source, destination, because))
  if (!cascaded) return
  const from = pairEnds(relationship, source, 'source')
  for (const [at, into] of pairEnds(relationship, destination, 'destination').entries()) {
    if (into.primaryKey && from[at]?.primaryKey === true) (destination.cascaded ??= new Set()).add(into.name)
  }
}

/** What a relationship copies from one object into another: one a pair. */
const copiesFor = (relationship: MappedRelationship, source: Fate, destination: Fate, because: Reason): readonly Copy[] => {
  const last = source.lent?.[0]
  if (source.lent !== undefined && last?.by === relationship && last.to === destination.shape && last.because === because) return source.lent
  const from = pairEnds(relationship, source, 'source')
  const into = pairEnds(relationship, destination, 'destination')
  const of = relationship.direction === 'one-to-many' ? source : undefined
  const copies = Array<Copy>(into.length)
  for (let at = 0; at < into.length; at++) {
    copies[at] = { name: into[at]?.name ?? '', to: destination.shape, from: source, attribute: from[at], because, by: relationship, of } // both lists have one a pair
  }
  return (source.lent = copies)
}

const clear = (flushing: Flushing, relationship: MappedRelationship, of: Fate, destination: Fate, because: Reason): void => {
  if (destination.object.state === 'gone') return
  for (const into of pairEnds(relationship, destination, 'destination')) {
    if (into.primaryKey && holdsValue(destination, into)) {
      refuse({
        code: 'blank-out-primary-key', message: `${relationship.key} would set ${into.table}.${into.column} of ${textOf(destination)} to null, and it is part of the primary key`,
        hint: `delete the ${destination.object.entity} too (cascade 'all, delete-orphan' on ${relationship.key}), or give it another ${relationship.entity}`,
        objects: [destination.object.id], relationship: relationship.key, column: into.column,
      })
    }
    write(flushing, destination, relationship, [{ name: into.name, to: destination.shape, from: null, attribute: undefined, because, by: relationship, of: of === destination ? undefined : of }])
  }
}

const holdsValue = (fate: Fate, attribute: MappedAttribute): boolean => {
  const copy = copyInto(fate.written, attribute.name)
  if (copy !== undefined) return copy.from !== null
  const { now } = fate.object.columns
  if (attribute.name in now) return now[attribute.name] !== null && now[attribute.name] !== undefined
  return fate.object.key !== undefined
}

const write = (flushing: Flushing, fate: Fate, { postUpdate }: MappedRelationship, copies: readonly Copy[]): void => {
  const present = postUpdate ? fate.postponed : fate.written
  const then = present === undefined ? copies : withCopies(flushing, fate, present, copies)
  if (postUpdate) fate.postponed = then
  else fate.written = then
}

/** What was copied into an object before, and what comes to it: of two copies into one attribute one holds. */
const withCopies = (flushing: Flushing, fate: Fate, present: readonly Copy[], coming: readonly Copy[]): readonly Copy[] => {
  let all: Copy[] | undefined
  for (const copy of coming) {
    const copies = all ?? present
    const at = copies.findIndex(({ name }) => name === copy.name)
    const before = copies[at]
    if (before !== undefined && before.from !== copy.from && holdsAgainst(flushing, fate, before, copy)) continue
    // Mostly both sides of one relationship say the same.
    if (before !== undefined && present.length === 1 && coming.length === 1) return coming
    all ??= [...present]
    if (before === undefined) all.push(copy)
    else all[at] = copy
  }
  return all ?? present
}

/** The attributes of an object's entity at one end of a relationship's pairs, in their order. */
const pairEnds = (relationship: MappedRelationship, fate: Fate, end: 'source' | 'destination'): readonly MappedAttribute[] => {
  const { pairEnds: known } = fate.shape
  const ends = end === 'source' ? known.sources : known.destinations
  let attributes = ends.get(relationship.key)
  if (attributes === undefined) ends.set(relationship.key, attributes = relationship.synchronizePairs.map((pair) => mapped(relationship, fate, pair, end)))
  return attributes
}

const mapped = (relationship: MappedRelationship, fate: Fate, pair: ColumnPair, end: 'source' | 'destination'): MappedAttribute =>
  attributeOf(fate.shape, pair[end]) ?? refuse({
    code: 'flush', message: `${relationship.key} copies ${pair.source.table}.${pair.source.column} into ${pair.destination.table}.${pair.destination.column}, and ${fate.object.entity} does not map the ${end}`,
    hint: 'map the column, leave it out of foreignKeys, or make the relationship viewonly', objects: [fate.object.id], relationship: relationship.key,
  })

// ---------- keys that change under many-to-one references

/** A many-to-one without a reverse side that would follow: objects that refer to a changed key follow it themselves. */
const followKeyChanges = (flushing: Flushing): void => {
  if (!flushing.ordered.some(changesCopied)) return
  for (const relationship of flushing.shape.processed) {
    if (relationship.direction !== 'many-to-one' || relationship.postUpdate) continue
    const followed = relationship.reverse.length > 0 && (relationship.passiveUpdates || relationship.reverse.some((key) => flushing.shape.processed[flushing.shape.rank.get(key) ?? -1]?.passiveUpdates === false))
    if (followed) continue
    for (const fate of flushing.ordered) {
      const kept = fate.object.relationships[relationship.name]?.kept
      if (kept === undefined || kept[0] === undefined || fate.doomed || !fate.shape.entity.inheritance.line.includes(relationship.entity)) continue
      const target = fateOf(flushing, kept[0])
      if (target.doomed || !keysChanged(target, relationship)) continue
      if (fate.part === 'none') fate.part = relationship.passiveUpdates ? 'memory' : 'written'
      populate(flushing, relationship, target, fate, 'key changed', relationship.passiveUpdates)
    }
  }
}

