// The options of a query that stay with the objects it loads: those of their level, found by the way from the root.

import { optionsBelow, shapeOf, type LoaderOption, type MappedEntity, type Mapping } from '@relata/core'
import type { LazyOptions } from '../state/model.js'

/** What finds the options of a level, each once. */
export type OptionsAt = (path: readonly string[]) => LazyOptions | undefined

/** For objects of a query with these options, given from an entity. */
export const optionsFrom = (mapping: Mapping, root: MappedEntity, options: readonly LoaderOption[]): OptionsAt => {
  if (options.length === 0) return () => undefined
  const found = new Map<string, LazyOptions | undefined>()
  return (path) => {
    const key = path.join('.')
    if (found.has(key)) return found.get(key)
    let entity: MappedEntity | undefined = root
    let level = options
    for (const name of path) {
      const relationship: MappedEntity['relationships'][number] | undefined = entity === undefined ? undefined : relationshipBelow(mapping, entity, name)
      if (relationship === undefined) break
      level = optionsBelow(mapping, level, relationship)
      entity = mapping.entities[relationship.target]
    }
    const made = level.length === 0 ? undefined : { options: level, key: shapeOf(mapping, level).key }
    found.set(key, made)
    return made
  }
}

/** Of the options that an object was loaded with, those that hold when it is read again: every column comes then, whatever was left out. */
export const optionsAgain = (options: readonly LoaderOption[]): readonly LoaderOption[] => options.filter(({ _tag }) => _tag !== 'columns')

/** A relationship of an entity, or of one below it. */
const relationshipBelow = (mapping: Mapping, entity: MappedEntity, name: string): MappedEntity['relationships'][number] | undefined => {
  const own = entity.relationship[name]
  if (own !== undefined) return own
  for (const below of entity.inheritance.descendants) {
    const found = mapping.entities[below]?.relationship[name]
    if (found !== undefined) return found
  }
  return undefined
}
