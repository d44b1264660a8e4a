// The audit of a session: every object that it has is compared with its row, to find what was written behind its back.

import type { MappedAttribute, MappedEntity, QueryNode, SelectDescriptor } from '@relata/core'
import { sameValue } from '../change/same-value.js'
import { runSelect } from '../load/run-select.js'
import { identityKey } from '../state/identity-map.js'
import type { Instance } from '../state/instance.js'
import { unknownValue, type SessionState } from '../state/model.js'
import { committedValue } from '../state/slot.js'
import { committedKey, describe, entityOf } from '../state/state-of.js'

/** Tells the listener of every loaded value that is not its row's, whether the object or the row was written past the session. */
export const auditSession = async (session: SessionState): Promise<void> => {
  const groups = new Map<MappedEntity, Instance[]>()
  for (const identities of session.identity.values()) {
    for (const instance of identities.values()) {
      const group = groups.get(entityOf(instance))
      if (group === undefined) groups.set(entityOf(instance), [instance])
      else group.push(instance)
    }
  }
  for (const [entity, instances] of groups) for (let from = 0; from < instances.length; from += together) await auditGroup(session, entity, instances.slice(from, from + together))
}

/** Objects of one statement. */
const together = 200

const auditGroup = async (session: SessionState, entity: MappedEntity, instances: readonly Instance[]): Promise<void> => {
  const rows = new Map<unknown, Readonly<Record<string, unknown>>>()
  for (const row of await runSelect(session, rowsOf(entity, instances)) as readonly Readonly<Record<string, unknown>>[] /* a select of fields */) {
    rows.set(identityKey(entity.primaryKey.map((name) => row[name])), row)
  }
  for (const instance of instances) {
    const row = rows.get(identityKey(committedKey(instance) ?? []))
    if (row === undefined) tell(session, `${describe(instance)} has no row any more`)
    else for (const attribute of entity.attributes) auditValue(session, instance, attribute, row[attribute.name])
  }
}

const auditValue = (session: SessionState, instance: Instance, attribute: MappedAttribute, inRow: unknown): void => {
  const known = committedValue(instance, attribute.slot)
  if (known === unknownValue || sameValue(attribute, known ?? null, inRow ?? null)) return
  tell(session, `${describe(instance)} has ${attribute.name} ${String(known)} and its row has ${String(inRow)}: one of them was written past the session`)
}

const tell = (session: SessionState, message: string): void => {
  session.listeners.onWarning?.({ _tag: 'SessionWarning', code: 'audit', message })
}

const rowsOf = (entity: MappedEntity, instances: readonly Instance[]): SelectDescriptor => {
  const node = (name: string): QueryNode => ({ _tag: 'attribute', source: entity.name, entity: entity.name, name })
  const same = (instance: Instance): QueryNode => ({
    _tag: 'logical', operator: 'and',
    args: entity.primaryKey.map((name, place) => ({ _tag: 'binary', operator: 'eq', left: node(name), right: { _tag: 'literal', value: committedKey(instance)?.[place] } })),
  })
  const [key, ...others] = entity.primaryKey
  const where: QueryNode = key !== undefined && others.length === 0
    ? { _tag: 'in', negated: false, arg: node(key), items: [{ _tag: 'list', values: instances.map((instance) => committedKey(instance)?.[0]) }] }
    : { _tag: 'logical', operator: 'or', args: instances.map(same) }
  return {
    _tag: 'select', result: { _tag: 'fields', fields: Object.fromEntries(entity.attributes.map(({ name }) => [name, node(name)])) },
    from: [{ _tag: 'entity', entity: entity.name, source: entity.name }], joins: [], where: [where], groupBy: [], having: [], orderBy: [], distinct: false,
    correlate: [], ctes: [], setOperations: [], options: [], populateExisting: false, autoflush: false,
  }
}
