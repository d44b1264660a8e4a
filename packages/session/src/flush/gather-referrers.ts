// Objects that refer to one whose key changes: only then is the identity map searched.

import type { FlushColumns, MappedEntity } from '@relata/core'
import { values, type Instance } from '../state/instance.js'
import { loaded } from '../state/model.js'
import { entityOf, ownState, statusesOf } from '../state/state-of.js'
import { hasMet } from '../state/walk.js'
import { idOf } from './flush-names.js'
import { none, type Gathering } from './gathering.js'

const changesKey = ({ primaryKey }: MappedEntity, { was }: FlushColumns): boolean => {
  for (const name of primaryKey) if (name in was) return true
  return false
}

/** Objects whose loaded many-to-one has an object that changes its key: only then is the identity map searched. */
export const tellReferrers = (gathering: Gathering): void => {
  const rekeyedEntities = new Set<string>()
  const changing = new Set<Instance>()
  for (const { id, key, columns, entity } of gathering.objects) {
    if (key === undefined || columns.was === none) continue
    const mapped = gathering.session.mapping.entities[entity]
    if (mapped === undefined || !changesKey(mapped, columns)) continue
    const instance = gathering.names.instances[id]
    if (instance !== undefined) changing.add(instance)
    for (const name of mapped.inheritance.line) rekeyedEntities.add(name)
  }
  if (changing.size === 0) return
  for (const identities of gathering.session.identity.values()) {
    for (const instance of identities.values()) {
      if (hasMet(gathering.walk, instance, ownState(instance))) continue
      const refers = entityOf(instance).relationships.some((relationship) =>
        relationship.direction === 'many-to-one' && !relationship.viewonly && rekeyedEntities.has(relationship.target)
        && statusesOf(instance)[relationship.slot] === loaded && changing.has(values(instance)[relationship.name] as Instance /* looked up by identity only */))
      if (!refers) continue
      gathering.names.open.add(idOf(gathering.session, gathering.names, instance, ownState(instance)))
      gathering.waiting.push(instance)
    }
  }
}
