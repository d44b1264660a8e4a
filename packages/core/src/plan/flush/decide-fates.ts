// First pass: which objects are written, deleted or expelled, following cascades and orphans from what changed; and what would have to
// be loaded to know. Linear: each object is looked at once, and once more if it turns out to be deleted.

import type { MappedRelationship } from '../../configure/mapping.js'
import { attributeOf } from './mapping-shape.js'
import { sameValue } from './value.js'
import { fateOf, isInSession, isLetGo, linksOf, memberFate, type Fate, type Flushing } from './fate.js'
import { warnOutside } from './warnings.js'

export const decideFates = (flushing: Flushing): void => {
  const queue: Fate[] = []
  const { ordered } = flushing
  for (const fate of ordered) {
    if (!fate.object.changed) continue
    if (fate.object.state === 'deleted') take(queue, fate, true)
    else if (fate.object.state === 'kept' && isOrphan(fate)) { fate.orphan = true; doomDeep(flushing, queue, fate, true) }
    else if (fate.object.state === 'new' && isOrphan(fate)) fate.expelled = true
    else if (isInSession(fate)) take(queue, fate, false)
  }
  let anyDoomed = false
  for (let next = 0; next < queue.length; next++) {
    const fate = queue[next]
    if (fate === undefined || fate.part !== 'written') continue
    if (fate.doomed) anyDoomed = true
    if (!fate.doomed && !fate.linked && !(fate.object.key !== undefined && changesCopied(fate))) continue
    for (const relationship of fate.shape.relationships) {
      if (fate.doomed) ofDeleted(flushing, queue, fate, relationship)
      else if (fate.object.key !== undefined || fate.object.relationships[relationship.name] !== undefined) ofSaved(flushing, queue, fate, relationship)
    }
  }
  if (anyDoomed) for (const fate of ordered) {
    if (fate.doomed && fate.object.state === 'new') { fate.expelled = true; fate.doomed = false; fate.part = 'none' }
  }
}

/** Did a delete-orphan relationship let it go? An object with a row is held until that is known; a new one only if it is a stray. */
const isOrphan = (fate: Fate): boolean => {
  const { parents, state, stray } = fate.object
  if (state === 'new' && !stray) return false
  for (const key of fate.shape.orphanedBy) if (parents[key] === 'let go' || (state === 'new' && parents[key] === undefined)) return true
  return false
}

const take = (queue: Fate[], fate: Fate, doomed: boolean): void => {
  if (fate.expelled) return
  if (fate.part !== 'written' || (doomed && !fate.doomed && !fate.spared)) {
    if (doomed && !fate.spared) fate.doomed = true
    fate.part = 'written'
    queue.push(fate)
  }
}

const takeMember = (flushing: Flushing, queue: Fate[], fate: Fate, operation: string, relationship: MappedRelationship): void => {
  if (!isInSession(fate)) warnOutside(flushing, fate, operation, relationship)
  else take(queue, fate, false)
}

/** Deletes an object and what its delete cascades reach; each once. */
const doomDeep = (flushing: Flushing, queue: Fate[], first: Fate, orphan: boolean): void => {
  const stack = [first]
  for (let fate = stack.pop(); fate !== undefined; fate = stack.pop()) {
    if (fate.doomed || fate.spared || !isInSession(fate)) continue
    if (orphan) fate.orphan = true
    take(queue, fate, true)
    for (const relationship of fate.shape.relationships) {
      if (!relationship.cascade.delete) continue
      const links = linksOf(fate, relationship)
      if (needsMembers(flushing, fate, relationship, 'its delete cascades')) continue
      for (const id of [...links.added, ...links.kept ?? []]) if (id !== null) stack.push(fateOf(flushing, id))
    }
  }
}

/** Asks for members that are not known, unless the database takes care of them. True where they have to be waited for. */
const needsMembers = (flushing: Flushing, fate: Fate, relationship: MappedRelationship, because: string): boolean => {
  const links = linksOf(fate, relationship)
  if (fate.object.key === undefined) return false
  if (links.kept !== undefined && !links.oldUnknown) return false
  if (!links.loaded && relationship.passiveDeletes !== false) return false
  return need(flushing, fate, relationship, because)
}

const need = (flushing: Flushing, fate: Fate, relationship: MappedRelationship, because: string): boolean => {
  flushing.needs.push({ _tag: 'members', object: fate.object.id, relationship: relationship.name, because: `${relationship.key}: ${because}` })
  return true
}

const ofSaved = (flushing: Flushing, queue: Fate[], fate: Fate, relationship: MappedRelationship): void => {
  const links = linksOf(fate, relationship)
  const { direction, cascade } = relationship
  if (links.oldUnknown && fate.object.key !== undefined && (direction !== 'many-to-one' || (cascade.deleteOrphan && relationship.passiveDeletes === false))) {
    need(flushing, fate, relationship, 'it was replaced before it was loaded')
    return
  }
  const rekeyed = direction !== 'many-to-one' && keysChanged(fate, relationship)
  if (rekeyed && links.kept === undefined && (links.loaded || !relationship.passiveUpdates)) need(flushing, fate, relationship, 'the key that it is found by changes')
  if (direction === 'one-to-many') {
    for (const id of links.added) {
      const child = memberFate(flushing, relationship, id)
      if (child === undefined) continue
      if (isInSession(child)) spare(queue, child)
      else warnOutside(flushing, child, 'adding', relationship)
    }
    if (!cascade.deleteOrphan) for (const id of links.removed) takeMember(flushing, queue, fateOf(flushing, id), 'removing', relationship)
    if (rekeyed) for (const id of links.kept ?? []) {
      const child = fateOf(flushing, id)
      if (!relationship.passiveUpdates) takeMember(flushing, queue, child, 'the key change', relationship)
      else if (child.part === 'none' && isInSession(child)) child.part = 'memory'
    }
  }
  if (cascade.deleteOrphan) {
    for (const id of links.removed) {
      const child = fateOf(flushing, id)
      if (!isLetGo(child, relationship)) continue
      if (isInSession(child)) doomDeep(flushing, queue, child, true)
      else warnOutside(flushing, child, 'removing', relationship)
    }
  }
}

const ofDeleted = (flushing: Flushing, queue: Fate[], fate: Fate, relationship: MappedRelationship): void => {
  const links = linksOf(fate, relationship)
  const { cascade, direction } = relationship
  switch (direction) {
    case 'one-to-many': {
      if (needsMembers(flushing, fate, relationship, 'its row is deleted')) return
      for (const id of links.removed) {
        const child = fateOf(flushing, id)
        if (!isLetGo(child, relationship)) continue
        if (!isInSession(child)) continue
        if (cascade.deleteOrphan) { child.orphan = !child.doomed; take(queue, child, true) } else take(queue, child, false)
      }
      if (!cascade.delete && relationship.passiveDeletes !== 'all') {
        for (const id of links.kept ?? []) takeMember(flushing, queue, fateOf(flushing, id), 'deleting', relationship)
      }
      return
    }
    case 'many-to-one': {
      if (!cascade.delete && !cascade.deleteOrphan) return
      if (needsMembers(flushing, fate, relationship, 'its delete cascades')) return
      for (const id of [...links.added, ...links.kept ?? [], ...cascade.deleteOrphan ? links.removed : []]) {
        if (id === null) continue
        const target = fateOf(flushing, id)
        if (isInSession(target)) doomDeep(flushing, queue, target, false)
        else warnOutside(flushing, target, 'deleting', relationship)
      }
      return
    }
    case 'many-to-many':
      needsMembers(flushing, fate, relationship, 'its association rows are deleted')
      return
    default: direction satisfies never
  }
}

/** An object that a saved parent took is written, whatever else wanted to delete it. */
const spare = (queue: Fate[], child: Fate): void => {
  child.spared = true
  child.orphan = false
  if (child.doomed) { child.doomed = false; queue.push(child) } else take(queue, child, false)
}

/** Was a column that a relationship copies from changed, from a known value to another? */
export const keysChanged = (fate: Fate, relationship: MappedRelationship): boolean => {
  if (fate.object.key === undefined || !changesCopied(fate)) return false
  for (const { source } of relationship.synchronizePairs) {
    const attribute = attributeOf(fate.shape, source)
    if (attribute === undefined) continue
    const { was, now } = fate.object.columns
    if (attribute.name in was && !sameValue(attribute, was[attribute.name], now[attribute.name])) return true
  }
  return false
}

/** Was any attribute changed that is copied into other rows? */
export const changesCopied = ({ object, shape }: Fate): boolean => {
  for (const name in object.columns.was) if (shape.copied.has(name)) return true
  return false
}
