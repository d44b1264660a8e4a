// Values of attributes within a flush: what an attribute will hold when everything is written, as a value or as a symbol.

import type { MappedAttribute } from '../../configure/mapping.js'
import { refuse } from './flush-error.js'
import { copyInto, textOf, type Fate, type Flushing, type Resolved } from './fate.js'

export const nothing: Resolved = { value: null, symbol: undefined }

/** Are two values of an attribute the same to the database? */
export const sameValue = (attribute: MappedAttribute, a: unknown, b: unknown): boolean => {
  if (a === b) return true
  if (a === null || a === undefined || b === null || b === undefined) return (a ?? null) === (b ?? null)
  return attribute.descriptor.type.equals(a, b)
}

/** Whether a column that is given nothing gets something: of its default, or of the database. */
export const isMade = (attribute: MappedAttribute): boolean => attribute.generated !== 'none' || attribute.descriptor.options.default !== undefined

/** The committed value of a persistent object's attribute, or undefined where nobody knows it. */
export const committedOf = (fate: Fate, attribute: MappedAttribute): unknown => {
  const { columns, key } = fate.object
  const { name } = attribute
  // The key of a joined table, under another name, is none of the entity's.
  const place = key === undefined || !attribute.primaryKey ? -1 : fate.shape.entity.primaryKey.indexOf(name)
  if (key !== undefined && place >= 0) return key[place]
  if (name in columns.was) return columns.was[name]
  const known = columns.unknown.includes(name) || columns.assumed?.includes(name) === true ? undefined : columns.now[name]
  const same = known === undefined ? fate.shape.equated.get(name) : undefined
  return same === undefined ? known : committedOf(fate, same)
}

/** Asks for an expired object to be read before its row or its key is written. */
export const askIfExpired = (flushing: Flushing, fate: Fate): void => {
  const { object, shape } = fate
  if (object.expired === 'unread') flushing.needs.push({ _tag: 'columns', object: object.id, attributes: shape.entity.primaryKey, because: `${textOf(fate)} was expired` })
}

/** What an attribute holds after the flush, following what relationships copy into it. A value that is not loaded becomes a need. */
export const resolve = (flushing: Flushing, of: Fate, attribute: MappedAttribute): Resolved => {
  let fate = of
  let at = attribute
  for (let steps = 0; ; steps++) {
    const copy = copyInto(fate.written, at.name) ?? copyInto(fate.postponed, at.name)
    if (copy === undefined) {
      const same = fate.shape.equated.get(at.name)
      if (same === undefined || (fate.object.columns.now[at.name] ?? null) !== null) break
      at = same
      continue
    }
    if (copy.from === null || copy.attribute === undefined) return nothing
    if (steps > flushing.ordered.length) {
      return refuse({
        code: 'circular-dependency', message: `${at.name} of ${textOf(fate)} takes its value from itself`,
        hint: 'two objects lend each other a key: give one of them a key of its own', objects: [of.object.id, fate.object.id], column: at.name,
      })
    }
    fate = copy.from
    at = copy.attribute
  }
  const { now, expressions } = fate.object.columns
  const value = now[at.name]
  if (value !== undefined && value !== null) return { value, symbol: undefined }
  const isNew = fate.object.key === undefined
  if (isNew && (isMade(at) || expressions?.[at.name] !== undefined)) return keySymbol(fate, at.name)
  if (isNew || value === null) return nothing
  if (at.primaryKey) {
    askIfExpired(flushing, fate)
    return { value: committedOf(fate, at), symbol: undefined }
  }
  flushing.needs.push({ _tag: 'columns', object: fate.object.id, attributes: [at.name], because: `${fate.object.entity}.${at.name} is copied into another row` })
  return nothing
}

const keySymbol = (fate: Fate, attribute: string): Resolved => {
  const known = fate.keySymbol
  if (known?.symbol?._tag === 'keyOf' && known.symbol.attribute === attribute) return known
  return (fate.keySymbol = { value: undefined, symbol: { _tag: 'keyOf', row: fate.object.id, attribute } })
}
