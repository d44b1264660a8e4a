// The values of a plan's slots as drivers take them.

import type { ColumnRef, ColumnType, Mapping, SlotValue } from '@relata/core'
import { fail } from '../relata-error.js'
import { attributeAt } from '../state/entity-index.js'
import { Instance, values } from '../state/instance.js'
import { absent, loaded } from '../state/model.js'
import { describe, entityOf, lifecycleOf, statusOf } from '../state/state-of.js'

/** The values of a query in slot order; objects that it compares with are read now. */
export const slotValues = (given: readonly SlotValue[]): unknown[] => given.map(slotValue)

/** The attributes of persistent objects that a query compares with and that are not loaded. */
export const unloadedCompared = (given: readonly SlotValue[]): readonly { readonly instance: Instance; readonly name: string }[] =>
  given.flatMap((slot) => {
    if (slot._tag !== 'columnOf' || !Instance.is(slot.object) || lifecycleOf(slot.object) !== 'persistent') return []
    const attribute = attributeAt(entityOf(slot.object), slot.column)
    return attribute === undefined || statusOf(slot.object, attribute.slot) === loaded ? [] : [{ instance: slot.object, name: attribute.name }]
  })

const slotValue = (slot: SlotValue): unknown => {
  switch (slot._tag) {
    case 'value': return slot.type === undefined ? slot.value : encoded(slot.type, slot.value)
    case 'list': { const { type } = slot; return type === undefined || type.plain ? slot.values : slot.values.map((value) => encoded(type, value)) }
    case 'columnOf': {
      const { type, value } = shownColumn(slot)
      return encoded(type, value)
    }
  }
}

/** What an object shows for a column, as the program has it. */
export const shownColumn = (slot: Extract<SlotValue, { readonly _tag: 'columnOf' }>): { readonly type: ColumnType<unknown>; readonly value: unknown } => {
  if (!Instance.is(slot.object)) {
    return fail({ _tag: 'QueryRefused', code: 'argument', message: 'a relationship can be compared with an object of a session only', hint: 'use has() or any() to compare attributes of the related object' })
  }
  const attribute = attributeAt(entityOf(slot.object), slot.column)
  if (attribute === undefined) {
    return fail({ _tag: 'QueryRefused', code: 'wrong-type', message: `an object of ${entityOf(slot.object).name} is compared with a relationship to another entity`, hint: 'compare with an object of the relationship\'s target' })
  }
  if (slot.unset === 'null') {
    if (lifecycleOf(slot.object) === 'detached') fail({ _tag: 'LoadFailed', code: 'detached', message: `${describe(slot.object)} is in no session`, hint: 'query its collection within the session that loaded it' })
  } else if (statusOf(slot.object, attribute.slot) === absent && lifecycleOf(slot.object) !== 'persistent') {
    return fail({ _tag: 'QueryRefused', code: 'invalid-request', message: `${describe(slot.object)} was given no ${attribute.name} to compare with`, hint: 'set it, or add the object and flush it first' })
  }
  return { type: attribute.descriptor.type, value: values(slot.object)[attribute.name] ?? null }
}

/** A value as a driver takes it. */
export const encoded = (type: ColumnType<unknown>, value: unknown): unknown =>
  type.plain || value === null || value === undefined ? value ?? null : type.codec.encode(value)

/** How values of these columns are sent; undefined where they are sent as they are. */
export const encoderOf = (mapping: Mapping, columns: readonly ColumnRef[]): ((key: readonly unknown[]) => readonly unknown[]) | undefined => {
  const types = columns.map(({ table, column }) => mapping.tables[table]?.columns[column]?.type)
  return types.every((type) => type === undefined || type.plain)
    ? undefined
    : (key) => key.map((value, index) => { const type = types[index]; return type === undefined ? value : encoded(type, value) })
}

/** A value as a program has it. */
export const decoded = (type: ColumnType<unknown>, value: unknown, where: string): unknown => {
  if (type.plain || value === null || value === undefined) return value ?? null
  const result = type.codec.decode(value)
  if (result._tag === 'Right') return result.right
  return fail({
    _tag: 'LoadFailed', code: 'value', message: `the database gave ${where} a value that is no ${type.codec.name}: ${JSON.stringify(value)}`,
    hint: 'the column holds what its type does not allow: mend the row, or map the column by another type',
  })
}
