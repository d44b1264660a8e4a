// Rows become objects: the identity map is asked first, new objects share one context a kind, objects that are there are filled where
// they lack something, and joined relationships are gathered by parent in the one pass over the rows.

import { collectionOf } from '../state/collection.js'
import { Instance, values } from '../state/instance.js'
import { loaded, type SessionState } from '../state/model.js'
import { expireSlot, fillColumn } from '../state/slot.js'
import { stateOf } from '../state/state-of.js'
import type { CompiledKind, CompiledRead, CompiledRelated } from './compile-read.js'
import { fillRelated } from './fill-slots.js'
import { Finder } from './finder.js'
import { GatheredMembers } from './gathered-members.js'
import type { Backing } from './maker.js'
import { areReadsNoted } from './noted-reads.js'
import { notePartial } from './partial.js'
import type { Hydration, Reader, Row } from './reader.js'
import { decoded } from './slot-values.js'
import { takeLater } from './travelling-options.js'

export type { Hydration, Reader, Row } from './reader.js'

/** What the rows bring for one parent: its joined relationships, undefined where it has one already. */
type Gathered = (Instance[] | GatheredMembers | undefined)[]

/** How far the rows of one parent came. */
interface Progress { readonly kind: CompiledKind; readonly each: Gathered; readonly descend: boolean }

/** Starts a read for the rows of one execution: how many there are. */
export const startReader = (hydration: Hydration, compiled: CompiledRead, rows: number): Reader => readerOf(hydration, compiled, rows <= fewRows, true)

const readerOf = (hydration: Hydration, compiled: CompiledRead, few: boolean, outermost: boolean): Reader =>
  compiled.related.length === 0 ? plainReader(hydration, compiled, few, outermost) : joiningReader(hydration, compiled, few, outermost)

/** So few rows do not pay for a context of their own: their objects share one with those that earlier statements brought. */
const fewRows = 20

/** Without joined relationships a row is read once, and among many rows an object made here needs no further note. */
const plainReader = (hydration: Hydration, compiled: CompiledRead, few: boolean, outermost: boolean): Reader => {
  const met: Instance[] = []
  const made = new Set<Backing>()
  const find = Finder.of(hydration, compiled, made, few)
  const seen = new Set<Instance>()
  const fresh = new Set<Instance>()
  const asked = isAsked(hydration, compiled)
  const read = (row: Row): Instance | null => {
    const instance = find.next(row)
    if (instance === null) return null
    if (find.made) {
      if (asked) fresh.add(instance)
      if (few) seen.add(instance)
    } else {
      if (seen.has(instance) || (!few && made.has(Instance.backing(instance)))) return instance
      seen.add(instance)
      fillExisting(hydration, compiled, instance, find.kind, row)
    }
    if (asked || outermost) met.push(instance)
    return instance
  }
  return { compiled, read, met, fresh, related: [], finish: () => {}, get made() { return find.made } }
}

/** Does anybody ask which objects a read within others met? */
const isAsked = ({ session }: Hydration, { read }: CompiledRead): boolean => read.followUps.length > 0 || areReadsNoted(session)

const joiningReader = (hydration: Hydration, compiled: CompiledRead, few: boolean, outermost: boolean): Reader => {
  const met: Instance[] = []
  const made = new Set<Backing>()
  const find = Finder.of(hydration, compiled, made, few)
  const related = compiled.related.map((each) => readerOf(hydration, each.read, few, false))
  const fresh = new Set<Instance>()
  const asked = isAsked(hydration, compiled)
  const gathered = new Map<Instance, Progress>()
  // Rows of one parent mostly follow each other.
  let last: Instance | undefined
  let lastProgress: Progress | undefined
  const read = (row: Row): Instance | null => {
    const instance = find.next(row)
    if (instance === null) return null
    let progress = instance === last ? lastProgress : gathered.get(instance)
    if (progress === undefined) {
      const { kind, made: isNew } = find
      if (!isNew) fillExisting(hydration, compiled, instance, kind, row)
      else if (asked) fresh.add(instance)
      const each = kind.related.map((index): Gathered[number] =>
        isNew || hydration.populateExisting || !has(instance, compiled.related[index]) ? (compiled.related[index]?.uselist === true ? new GatheredMembers() : []) : undefined)
      gathered.set(instance, progress = { kind, each, descend: isNew || hydration.descend || hydration.populateExisting })
      if (asked || outermost) met.push(instance)
    }
    last = instance
    lastProgress = progress
    const { kind, each } = progress
    for (let place = 0; place < kind.related.length; place++) {
      const into = each[place]
      if (into === undefined && !progress.descend) continue
      const from = related[kind.related[place] ?? 0]
      const child = from?.read(row)
      if (into === undefined || child === null || child === undefined) continue
      if (into instanceof GatheredMembers) into.add(child, from?.made === true)
      else if (into.length === 0) into.push(child)
      else if (into[0] !== child && into.length === 1) {
        into.push(child)
        warnSeveral(hydration.session, compiled.related[kind.related[place] ?? 0])
      }
    }
    return instance
  }
  const finish = (): void => {
    for (const each of related) each.finish()
    for (const [instance, { kind, each }] of gathered) {
      for (let place = 0; place < kind.related.length; place++) {
        const members = each[place]
        const from = compiled.related[kind.related[place] ?? 0]
        if (members === undefined || from === undefined) continue
        put(instance, from.name, members instanceof GatheredMembers ? members.list : members, made, hydration.populateExisting)
        if (from.conditional) notePartial(instance, Instance.backing(instance).entity.slot[from.name] ?? -1)
      }
    }
  }
  return { compiled, read, met, fresh, related, finish, get made() { return find.made } }
}

/** Fills what an object lacks of the columns of a row, or all of them where it is loaded anew. */
const fillExisting = (hydration: Hydration, compiled: CompiledRead, instance: Instance, kind: CompiledKind, row: Row): void => {
  const { populateExisting } = hydration
  const { status } = Instance.backing(instance)
  for (let at = 0; at < kind.slots.length; at++) {
    const slot = kind.slots[at] as number // one a column
    if (!populateExisting && status[slot] === loaded) continue
    const coded = kind.coded.find((each) => each.at === at)
    const value = row[kind.offsets[at] as number]
    fillColumn(instance, slot, coded === undefined ? value : decoded(coded.type, value, coded.where), populateExisting)
  }
  for (const name of kind.empty) fillRelated(instance, name, [], populateExisting)
  const options = hydration.optionsAt(compiled.read.path)
  if (!populateExisting) return takeLater(hydration.session.mapping, instance, options)
  const state = stateOf(instance)
  for (const slot of kind.lazy) if (state.status[slot] === loaded) expireSlot(state, slot)
  state.options = options
  if (state.committed.size === 0 && state.changes.size === 0 && state.queued.size === 0) hydration.session.dirty.delete(state)
}

const has = (instance: Instance, related: CompiledRelated | undefined): boolean => {
  const { entity, status } = Instance.backing(instance)
  const slot = related === undefined ? undefined : entity.slot[related.name]
  return slot !== undefined && status[slot] === loaded
}

/** A relationship of an object made by this load is told by its context already. */
const put = (instance: Instance, name: string, members: readonly Instance[], made: ReadonlySet<Backing>, populateExisting: boolean): void => {
  const backing = Instance.backing(instance)
  const relationship = backing.entity.relationship[name]
  if (relationship === undefined) return
  if (!made.has(backing)) fillRelated(instance, name, members, populateExisting)
  else if (relationship.uselist) values(instance)[name] = collectionOf(relationship).of(members)
  else values(instance)[name] = members[0] ?? null
}

/** A reference that several rows would fill keeps the first. */
export const warnSeveral = (session: SessionState, related: { readonly key: string } | undefined): void => {
  session.listeners.onWarning?.({ _tag: 'SessionWarning', code: 'multiple-rows-for-scalar', message: `several rows for '${related?.key ?? ''}', which holds one object`, ...(related === undefined ? {} : { relationship: related.key }) })
}
