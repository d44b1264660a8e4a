// The relationships of an object that a flush of nothing but deletions has to know of. A reference is none of them where nothing comes of
// it: no cascade, no UPDATE of its own, and no circle of entities in which rows would be ordered by it.

import type { MappedEntity, MappedRelationship, Mapping } from '@relata/core'

const known = new WeakMap<Mapping, ReadonlyMap<MappedEntity, readonly MappedRelationship[]>>()

/** Those of an entity, in slot order. */
export const toldOfDeleted = (mapping: Mapping, entity: MappedEntity): readonly MappedRelationship[] => {
  let told = known.get(mapping)
  if (told === undefined) known.set(mapping, told = allTold(mapping))
  return told.get(entity) ?? entity.relationships
}

const allTold = (mapping: Mapping): ReadonlyMap<MappedEntity, readonly MappedRelationship[]> => {
  const reached = reachedRoots(mapping)
  const isNeeded = ({ direction, postUpdate, cascade, entity, target }: MappedRelationship): boolean =>
    direction !== 'many-to-one' || postUpdate || cascade.delete || cascade.deleteOrphan || reached.get(rootOf(mapping, target))?.has(rootOf(mapping, entity)) !== false
  return new Map(Object.values(mapping.entities).map((entity) => [entity, entity.relationships.filter(isNeeded)]))
}

/** For each root the roots that its rows refer to, directly or over others. */
const reachedRoots = (mapping: Mapping): ReadonlyMap<string, ReadonlySet<string>> => {
  const direct = new Map<string, Set<string>>()
  const owners = new Map<string, Set<string>>()
  for (const { inheritance: { root }, tables } of Object.values(mapping.entities)) {
    direct.set(root, new Set())
    for (const table of tables) owners.set(table, (owners.get(table) ?? new Set()).add(root))
  }
  for (const { relationships } of Object.values(mapping.entities)) {
    for (const { direction, entity, target } of relationships) {
      if (direction === 'many-to-many') continue
      const [referrer, referred] = direction === 'many-to-one' ? [entity, target] : [target, entity]
      direct.get(rootOf(mapping, referrer))?.add(rootOf(mapping, referred))
    }
  }
  for (const [table, roots] of owners) {
    for (const { table: other } of mapping.tables[table]?.foreignKeys ?? []) {
      for (const root of roots) for (const referred of owners.get(other) ?? []) if (referred !== root) direct.get(root)?.add(referred)
    }
  }
  return new Map(Array.from(direct.keys(), (root) => [root, reachedFrom(direct, root)]))
}

const reachedFrom = (direct: ReadonlyMap<string, ReadonlySet<string>>, root: string): ReadonlySet<string> => {
  const reached = new Set<string>()
  const left = [root]
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    for (const next of direct.get(at) ?? []) {
      if (reached.has(next)) continue
      reached.add(next)
      left.push(next)
    }
  }
  return reached
}

const rootOf = (mapping: Mapping, entity: string): string => mapping.entities[entity]?.inheritance.root ?? entity
