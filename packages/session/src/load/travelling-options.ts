// The options of a query that stay with the objects it loads: those of their level, found by the way from the root.

import { optionsBelow, shapeOf, type LoaderOption, type MappedEntity, type Mapping } from '@relata/core'
import { Instance } from '../state/instance.js'
import { loaded, type LazyOptions, type RelationshipOption } from '../state/model.js'
import { stateOf } from '../state/state-of.js'

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
    const made = level.length === 0 ? undefined : travelling(mapping, level)
    found.set(key, made)
    return made
  }
}

/** Takes over, for an object that was there before, what these options say of the later loads of relationships that it does not have. */
export const takeLater = (mapping: Mapping, instance: Instance, given: LazyOptions | undefined): void => {
  const known = Instance.backing(instance).options
  if (given === undefined || given.later.length === 0 || given === known) return
  const { entity, status } = Instance.backing(instance)
  const had = known?.options ?? []
  const later = given.later.filter((option) => {
    const relationship = entity.relationship[option.relationship.name]
    return relationship !== undefined && status[relationship.slot] !== loaded && sets(option, relationship.lazy) && !had.includes(option)
  })
  if (later.length === 0) return
  const kept = had.filter((option) => option._tag !== 'relationship' || !later.some(({ relationship }) => relationship.name === option.relationship.name))
  stateOf(instance).options = travelling(mapping, [...kept, ...later])
}

const travelling = (mapping: Mapping, options: readonly LoaderOption[]): LazyOptions => ({
  options, key: shapeOf(mapping, options).key,
  later: options.filter((option): option is RelationshipOption => option._tag === 'relationship' && (option.strategy === 'lazy' || refuses(option.strategy))),
})

/** Says an option anything else than the mapping? Whatever is loaded eagerly is loaded later as if it were not. */
const sets = ({ strategy }: RelationshipOption, mapped: string): boolean => (strategy === 'lazy' ? refuses(mapped) : strategy !== mapped)

const refuses = (strategy: string): boolean => strategy === 'raise' || strategy === 'raise_on_sql'

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
