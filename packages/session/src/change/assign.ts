// Assigning several slots of one object: all of them are checked, then changed in the order given.

import { isExpr, type MappedAttribute, type MappedRelationship, type Mapping, type PlanNode } from '@relata/core'
import { fail } from '../relata-error.js'
import { shapeName, type Collection } from '../state/collection.js'
import type { Instance } from '../state/instance.js'
import { loaded, type InstanceState } from '../state/model.js'
import { emptyChange, noteChange } from '../state/note.js'
import { relationshipAt } from '../state/slot.js'
import { wrongKind } from './base-kind.js'
import { setColumn, unsetColumn } from './column-change.js'
import { expressionFor, setExpression } from './expression.js'
import { checkAssigned, checkIncoming, membersFrom, referenceFrom, slotOf } from './check.js'
import { assigning, removing, replacing } from './initiator.js'
import { appendMember, assignMembers, isHandle, setReference, unsetReference } from './relationship-change.js'

type RelationshipAssignment =
  | { readonly _tag: 'reference'; readonly relationship: MappedRelationship; readonly value: Instance | null }
  | { readonly _tag: 'collection'; readonly relationship: MappedRelationship; readonly members: readonly Instance[]; readonly collection: Collection }

/** Sets slots by name, columns before relationships; undefined leaves a slot as it is. */
export const assign = (mapping: Mapping, state: InstanceState, given: Readonly<Record<string, unknown>>, verb: string): void => {
  // All is checked before anything is set; a column needs nothing kept from the one to the other.
  let checked: RelationshipAssignment[] | undefined
  let planned: Map<string, PlanNode> | undefined
  for (const name in given) {
    const value = given[name]
    if (value === undefined || !Object.hasOwn(given, name)) continue
    const slot = slotOf(state.entity, name, verb)
    const relationship = relationshipAt(state.entity, slot)
    if (relationship === undefined && isExpr(value)) (planned ??= new Map()).set(name, expressionFor(mapping, state, attributeAt(state, slot), value, verb))
    else if (relationship === undefined) checkColumn(state, attributeAt(state, slot), value, verb)
    else {
      const assignment = relationshipAssignment(state, relationship, value, given)
      // A list of just its length: most objects are given one relationship.
      if (checked === undefined) checked = [assignment]
      else checked.push(assignment)
    }
  }
  // Columns come first: a collection may be keyed by one of them.
  for (const name in given) {
    const value = given[name]
    if (value === undefined || !Object.hasOwn(given, name)) continue
    const attribute = state.entity.attribute[name]
    const node = planned?.get(name)
    if (attribute !== undefined && node !== undefined && isExpr(value)) setExpression(state, attribute, value, node)
    else if (attribute !== undefined) setColumn(state, attribute, value)
  }
  if (checked !== undefined) for (const assignment of checked) apply(state, assignment)
}

/** Unsets a slot by name. */
export const unassign = (state: InstanceState, name: string): void => {
  const slot = slotOf(state.entity, name, 'unset')
  const relationship = relationshipAt(state.entity, slot)
  if (state.key === undefined && state.status[slot] !== loaded && relationship?.uselist !== true) fail({ _tag: 'ChangeRefused', code: 'attribute', message: `unset: ${state.entity.name}.${name} has no value` })
  if (relationship === undefined) unsetColumn(state, attributeAt(state, slot))
  else if (!relationship.uselist) unsetReference(state, relationship, removing(relationship))
  else {
    refuseHandle(relationship)
    const { members, collection } = membersFrom(relationship, [])
    assignMembers(state, relationship, members, collection, assigning(relationship))
  }
}

const relationshipAssignment = (state: InstanceState, relationship: MappedRelationship, value: unknown, given: Readonly<Record<string, unknown>>): RelationshipAssignment => {
  if (!relationship.uselist) {
    const reference = referenceFrom(relationship, value)
    if (reference !== null) checkIncoming(state, relationship, reference, given)
    return { _tag: 'reference', relationship, value: reference }
  }
  const { members, collection } = membersFrom(relationship, value)
  checkAssigned(state, relationship, members, given)
  return { _tag: 'collection', relationship, members, collection }
}

const apply = (state: InstanceState, assignment: RelationshipAssignment): void => {
  switch (assignment._tag) {
    case 'reference': setReference(state, assignment.relationship, assignment.value, replacing(assignment.relationship)); return
    case 'collection': {
      const { relationship, members, collection } = assignment
      if (isHandle(relationship)) {
        assignToHandle(state, relationship, members)
        return
      }
      assignMembers(state, relationship, members, collection, assigning(relationship))
      return
    }
    default: {
      const impossible: never = assignment
      return impossible
    }
  }
}

/** A new object has nothing to replace; of one with a row, the flush finds out what a dynamic collection had. */
const assignToHandle = (state: InstanceState, relationship: MappedRelationship, members: readonly Instance[]): void => {
  if (state.key !== undefined) {
    if (relationship.lazy === 'write_only') refuseHandle(relationship)
    noteChange(state, relationship.slot, emptyChange(true))
  }
  for (const member of new Set(members)) appendMember(state, relationship, member, assigning(relationship))
}

/** Refuses a value that can be none of its column. */
const checkColumn = (state: InstanceState, attribute: MappedAttribute, value: unknown, verb: string): void => {
  const wanted = wrongKind(attribute.descriptor.type, value)
  if (wanted !== undefined) fail({
    _tag: 'ChangeRefused', code: 'type', message: `${verb}: ${state.entity.name}.${attribute.name} is ${attribute.descriptor.type.codec.name}, and got ${shapeName(value)}`,
    hint: `give ${wanted}${attribute.descriptor.options.nullable === true ? ', or null' : ''}`, detail: { entity: state.entity.name, attribute: attribute.name },
  })
}

const attributeAt = (state: InstanceState, slot: number): MappedAttribute =>
  state.entity.attributes[slot] ?? fail({ _tag: 'ChangeRefused', code: 'attribute', message: `${state.entity.name} has no slot ${slot}` })

const refuseHandle = (relationship: MappedRelationship): void => {
  if (isHandle(relationship)) fail({ _tag: 'ChangeRefused', code: 'invalid-request', message: `${relationship.key} is ${relationship.lazy}: it is never replaced as a whole`, hint: 'use its add and remove' })
}

