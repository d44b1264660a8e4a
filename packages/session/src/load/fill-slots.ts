// Filling one slot of many objects. Objects that share a load context go on sharing one: what is known of all of them is said once.

import type { MappedEntity } from '@relata/core'
import { Instance, values } from '../state/instance.js'
import { loaded, type LoadContext } from '../state/model.js'
import { fillCollection, fillScalar } from '../state/slot.js'
import { collectionOf } from '../state/collection.js'
import { forgetPartial } from './partial.js'

/** Contexts made of others by one slot more, so that objects loaded one by one still share theirs. */
const extended = new WeakMap<LoadContext, Map<number, LoadContext>>()

/**
 * Puts a loaded reference or collection into an object, unless it has it: of a reference, `members` is one object or none. An `owned`
 * array is the object's own from then on.
 */
export const fillRelated = (instance: Instance, name: string, members: readonly Instance[], populateExisting: boolean, owned = false): void =>
  relatedFiller(name, populateExisting, owned)(instance, members)

/** The same for many objects in a row, of which most share a context: what that one becomes is found once. */
export const relatedFiller = (name: string, populateExisting: boolean, owned: boolean): ((instance: Instance, members: readonly Instance[]) => void) => {
  let from: LoadContext | undefined
  let to: LoadContext | undefined
  return (instance, members) => {
    const backing = Instance.backing(instance)
    const relationship = backing.entity.relationship[name]
    if (relationship === undefined) return
    const { slot, uselist } = relationship
    if (uselist && (populateExisting || backing.status[slot] !== loaded)) forgetPartial(instance, slot)
    if (backing._tag === 'state' || populateExisting) {
      if (uselist) fillCollection(instance, slot, members, populateExisting)
      else fillScalar(instance, slot, members[0] ?? null, populateExisting)
      return
    }
    if (backing.status[slot] === loaded) return
    values(instance)[name] = !uselist ? members[0] ?? null : owned && relationship.collectionClass === 'list' ? members : collectionOf(relationship).of(members)
    if (to === undefined || backing !== from) {
      from = backing
      to = withSlot(backing, slot)
    }
    Instance.rebase(instance, to)
  }
}

/** The context that knows what this one knows, and one slot more. */
export const withSlot = (context: LoadContext, slot: number): LoadContext => {
  let known = extended.get(context)
  if (known === undefined) extended.set(context, known = new Map<number, LoadContext>())
  const found = known.get(slot)
  // An expiry since may have told the two apart.
  if (found !== undefined && found.session === context.session && found.options === context.options && knowsMore(found, context, slot)) return found
  const status = context.status.slice()
  status[slot] = loaded
  const made: LoadContext = { _tag: 'context', entity: context.entity, session: context.session, status, options: context.options }
  context.session?.contexts.add(made)
  known.set(slot, made)
  return made
}

const knowsMore = (found: LoadContext, context: LoadContext, slot: number): boolean => {
  for (let each = 0; each < context.status.length; each++) if (found.status[each] !== (each === slot ? loaded : context.status[each])) return false
  return true
}

/** A context for the objects that a read makes: these slots are loaded. */
export const newContext = (entity: MappedEntity, session: NonNullable<LoadContext['session']>, slots: readonly number[], options: LoadContext['options']): LoadContext => {
  const status = Array.from({ length: entity.slots.length }, () => 0)
  for (const slot of slots) status[slot] = loaded
  const context: LoadContext = { _tag: 'context', entity, session, status, options }
  session.contexts.add(context)
  return context
}
