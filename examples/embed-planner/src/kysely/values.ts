// The values of a plan's slots: what the query gave, and the keys of the parents of a further statement.

import type { PlanLeaf } from '@relata/core'

export type Slots = ReadonlyMap<number, unknown>

export const slotValue = (slots: Slots, { index }: Extract<PlanLeaf, { readonly _tag: 'slot' }>): unknown => {
  if (!slots.has(index)) throw new Error(`nothing fills slot ${index} of the plan`)
  return slots.get(index)
}

export const slotList = (slots: Slots, { index }: Extract<PlanLeaf, { readonly _tag: 'listSlot' }>): readonly unknown[] => {
  const list = slots.get(index)
  if (!Array.isArray(list)) throw new Error(`slot ${index} of the plan takes a list`)
  return list
}
