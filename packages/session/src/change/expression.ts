// A column given an expression of the database instead of a value: it shows what it had, stale, until the flush has written it.

import { isLeft } from 'fp-ts/lib/Either.js'
import { leaves, planValue, type AnyExpr, type MappedAttribute, type Mapping, type PlanLeaf, type PlanNode } from '@relata/core'
import { fail } from '../relata-error.js'
import { values } from '../state/instance.js'
import { loaded, stale, unknownValue, type InstanceState } from '../state/model.js'
import { coverSlot } from '../state/slot.js'
import { noteColumn } from './column-change.js'

/** The value of a column that the database is to compute, as a plan has it; refused where it can be none of this object's. */
export const expressionFor = (mapping: Mapping, state: InstanceState, attribute: MappedAttribute, given: AnyExpr, verb: string): PlanNode => {
  const { entity } = state
  const refuse = (message: string, hint: string): never => fail({
    _tag: 'ChangeRefused', code: 'argument', message: `${verb}: ${entity.name}.${attribute.name} ${message}`, hint, detail: { entity: entity.name, attribute: attribute.name },
  })
  if (attribute.primaryKey) return refuse('is part of the primary key, by which the object is known', 'give a value')
  if (attribute.generated === 'always') return refuse('is always made by the database', 'leave it out')
  if (entity.version?.attribute === attribute.name && entity.version.next !== 'given') return refuse('is the version, which the flush counts', "give the entity a version with next: false to set it yourself")
  const planned = planValue(mapping, entity.name, attribute.name, given)
  if (isLeft(planned)) return refuse(`cannot be given this expression: ${planned.left.message}`, planned.left.hint)
  if (state.key === undefined && readsRow(planned.right)) return refuse('cannot be computed from its row, which is not there yet', 'flush first, or give a value')
  return planned.right
}

/** Puts it in place of the column's value. */
export const setExpression = (state: InstanceState, { slot, name }: MappedAttribute, given: AnyExpr, node: PlanNode): void => {
  if (state.status[slot] === loaded) noteColumn(state, slot, values(state.instance)[name], given)
  else {
    coverSlot(state, slot)
    noteColumn(state, slot, unknownValue, given)
  }
  state.status[slot] = stale
  ;(state.expressions ??= new Map()).set(slot, { given, node })
}

const readsRow = (node: PlanNode): boolean => leaves<PlanLeaf>(node).some(({ _tag }) => _tag === 'column')
