// Makes the objects of one kind that a read finds new in the session: properties in one order, so that all have one hidden class.

import { CollectionHandle } from '../handle/collection-handle.js'
import { collectionOf } from '../state/collection.js'
import { values, type Instance } from '../state/instance.js'
import { absent, loaded, type InstanceState, type LoadContext } from '../state/model.js'
import type { CompiledKind, CompiledRead } from './compile-read.js'
import { newContext } from './fill-slots.js'
import type { Hydration, Row } from './reader.js'
import { decoded } from './slot-values.js'

/** Contexts that a read made tell its objects from those that were there. */
export type Backing = LoadContext | InstanceState

/** A class and not a function made for each read: what an engine compiles for the functions of one read, it would drop with them. */
export class Maker {
  readonly #hydration: Hydration
  readonly #compiled: CompiledRead
  readonly #kind: CompiledKind
  readonly #made: Set<Backing>
  readonly #few: boolean
  #context: LoadContext | undefined

  constructor(hydration: Hydration, compiled: CompiledRead, kind: CompiledKind, made: Set<Backing>, few: boolean) {
    this.#hydration = hydration
    this.#compiled = compiled
    this.#kind = kind
    this.#made = made
    this.#few = few
  }

  /** The object of a row. */
  make(row: Row): Instance {
    const { names, offsets, coded, empty, handles } = this.#kind
    const instance = new this.#kind.instanceClass(this.#context ?? this.#begin())
    const shown = values(instance)
    for (let at = 0; at < names.length; at++) shown[names[at] as string] = row[offsets[at] as number] // both lists are of one length
    for (const { at, type, where } of coded) shown[names[at] as string] = decoded(type, row[offsets[at] as number], where)
    for (const name of empty) shown[name] = emptyValue(this.#kind, name)
    for (const relationship of handles) shown[relationship.name] = new CollectionHandle(this.#hydration.session.mapping, instance, relationship)
    return instance
  }

  /** Of no read, and kept: see state/kept-shape. */
  static readonly sample = new Maker({} as never, {} as never, {} as never, new Set(), false)

  #begin(): LoadContext {
    const context = contextOf(this.#hydration, this.#kind, this.#hydration.optionsAt(this.#compiled.read.path), this.#few)
    this.#context = context
    this.#made.add(context)
    return context
  }
}

/** A context for what a read makes of one kind; few objects take that of an earlier read, if no expiry changed it since. */
const contextOf = ({ session }: Hydration, kind: CompiledKind, options: LoadContext['options'], few: boolean): LoadContext => {
  const known = few && options === undefined ? kind.shared.get(session) : undefined
  if (known?.session === session && known.options === undefined && isFresh(known, kind)) return known
  const made = newContext(kind.entity, session, [...kind.slots, ...kind.relatedSlots], options)
  if (few && options === undefined) kind.shared.set(session, made)
  return made
}

/** The slots that a read loads are loaded or stale together; those of its joined relationships may have been told apart. */
const isFresh = ({ status }: LoadContext, { slots, relatedSlots }: CompiledKind): boolean => {
  let count = 0
  for (const each of status) if (each !== absent) count++
  return count === slots.length + relatedSlots.length && slots.every((slot) => status[slot] === loaded) && relatedSlots.every((slot) => status[slot] === loaded)
}

const emptyValue = (kind: CompiledKind, name: string): unknown => {
  const relationship = kind.entity.relationship[name]
  return relationship?.uselist === true ? collectionOf(relationship).empty() : null
}
