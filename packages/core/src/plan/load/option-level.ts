// Loader options at one level of a query: what they say of each relationship and column of the entity there, and what goes on below.

import type { MappedEntity, MappedRelationship, Mapping } from '../../configure/mapping.js'
import type { Lazy } from '../../mapping/relationship-descriptor.js'
import type { LoaderOption, QueryNode, RelationshipRef } from '../../query/descriptor.js'
import { settingsError } from './edge-settings.js'
import { entityNamed, isA } from './mapped-column.js'
import { QueryRefusal, refuse } from './query-error.js'

type RelationshipOption = Extract<LoaderOption, { readonly _tag: 'relationship' }>

/** How a relationship is to be loaded. */
export interface Strategy {
  readonly how: Lazy | 'contains'
  /** Said by an option of its own: cycles and depths do not stop it. */
  readonly explicit: boolean
  readonly ref: Pick<RelationshipRef, 'ofType'>
  readonly where?: QueryNode
  readonly innerjoin: false | 'nested' | 'unnested'
  readonly recursionDepth?: number
  readonly chunkSize: number
  readonly alias?: string
  /** Options of the level below, with those that hold everywhere. */
  readonly below: readonly LoaderOption[]
}

/** Parents that one statement of a selectin load asks for where nothing else is said. */
export const defaultChunk = 500

/** What options and mapping say of a relationship; of two options the later wins, an option beats a wildcard, a wildcard the mapping. */
export const strategyOf = (mapping: Mapping, options: readonly LoaderOption[], relationship: MappedRelationship): Strategy => {
  const own = options.filter((option): option is RelationshipOption => option._tag === 'relationship' && concerns(mapping, option, relationship))
  const said = own.findLast((option) => option.strategy !== 'default')
  const below = [...own.flatMap((option) => option.below.map((each) => under(option, relationship, each))), ...everywhere(options)]
  const last = said ?? own.at(-1)
  const how = said === undefined || said.strategy === 'default' ? wildcardOf(mapping, options, relationship) ?? relationship.lazy : said.strategy
  const chunk = said?.chunkSize
  for (const option of own) {
    const wrong = settingsError(option, relationship)
    if (wrong !== undefined) throw new QueryRefusal(wrong)
  }
  if (said !== undefined && cannotPopulate(relationship) && loads(said.strategy)) {
    refuse('invalid-request', `'${relationship.key}' is ${relationship.lazy} and cannot be filled by an option`, 'query it through its handle')
  }
  const innerjoin = said?.innerjoin
  return {
    how: how === 'lazy' ? 'select' : how === 'default' ? relationship.lazy : how,
    explicit: said !== undefined,
    ref: last?.relationship ?? {},
    innerjoin: innerjoin === undefined ? relationship.innerjoin : innerjoin === true ? 'nested' : innerjoin,
    chunkSize: chunk ?? defaultChunk,
    below,
    ...(last?.where === undefined ? {} : { where: last.where }),
    ...(said?.recursionDepth === undefined ? {} : { recursionDepth: said.recursionDepth }),
    ...(last?.alias === undefined ? {} : { alias: last.alias }),
  }
}

/** Options of the level below a relationship, from those of its own level. */
export const optionsBelow = (mapping: Mapping, options: readonly LoaderOption[], relationship: MappedRelationship): readonly LoaderOption[] =>
  strategyOf(mapping, options, relationship).below

/** Options that hold at every level: those of the whole query. */
export const everywhere = (options: readonly LoaderOption[]): readonly LoaderOption[] =>
  options.filter((option) => option._tag === 'criteria' || (option._tag === 'wildcard' && option.entity === undefined))

/** Refuses options that name nothing of the level: another root entity, or a step that does not follow from the one before. */
export const checkLevel = (mapping: Mapping, options: readonly LoaderOption[], entity: MappedEntity, sources: readonly string[] | undefined): void => {
  for (const option of options) {
    if (option._tag === 'criteria' || (option._tag === 'wildcard' && option.entity === undefined)) continue
    const named = option._tag === 'relationship' ? option.relationship.entity : option.entity
    const source = option._tag === 'relationship' ? option.relationship.source : undefined
    const fits = named !== undefined && (isA(mapping, named, entity.name) || isA(mapping, entity.name, named))
    if (!fits || (sources !== undefined && source !== undefined && !sources.includes(source))) {
      refuse('argument', `an option starts from '${source ?? named ?? ''}', and this level of the query loads '${entity.name}'`, sources === undefined ? `start it from ${entity.name}` : `start it from ${sources.join(' or ')}`)
    }
    if (option._tag === 'relationship') {
      const relationship = mapping.entities[option.relationship.entity]?.relationship[option.relationship.name]
      if (relationship === undefined) return refuse('argument', `'${option.relationship.entity}' has no relationship '${option.relationship.name}'`, 'name one that it has')
      // What is below a relationship that this query does not load has to follow too.
      checkLevel(mapping, option.below, entityNamed(mapping, option.relationship.ofType?.entity ?? relationship.target), undefined)
    }
  }
}

export type ColumnWish = 'load' | 'defer' | 'raise'

/** Whether an attribute is read along: primary keys and discriminators always are. */
export const columnWish = (mapping: Mapping, options: readonly LoaderOption[], entity: MappedEntity, attribute: MappedEntity['attributes'][number]): ColumnWish => {
  let wish: ColumnWish = attribute.deferred ? 'defer' : 'load'
  for (const option of options) {
    if (option._tag !== 'columns' || !(isA(mapping, entity.name, option.entity) || isA(mapping, option.entity, entity.name))) continue
    const named = option.attributes === '*' || option.attributes.includes(attribute.name) || (attribute.deferredGroup !== undefined && (option.groups ?? []).includes(attribute.deferredGroup))
    const off: ColumnWish = option.raise === true ? 'raise' : 'defer'
    switch (option.how) {
      case 'only': wish = named ? 'load' : off; break
      case 'defer': if (named) wish = off; break
      case 'undefer': if (named) wish = 'load'; break
    }
  }
  return wish
}

/** A wildcard further down says nothing of other levels. */
const under = (parent: RelationshipOption, relationship: MappedRelationship, option: LoaderOption): LoaderOption =>
  option._tag === 'wildcard' && option.entity === undefined ? { ...option, entity: parent.relationship.ofType?.entity ?? relationship.target } : option

const concerns = (mapping: Mapping, option: RelationshipOption, relationship: MappedRelationship): boolean =>
  mapping.entities[option.relationship.entity]?.relationship[option.relationship.name]?.key === relationship.key

const wildcardOf = (mapping: Mapping, options: readonly LoaderOption[], relationship: MappedRelationship): Lazy | 'contains' | 'lazy' | 'default' | undefined => {
  if (cannotPopulate(relationship)) return undefined
  const wildcards = options.filter((option) => option._tag === 'wildcard')
  const own = wildcards.findLast((option) => option.entity !== undefined && (isA(mapping, relationship.entity, option.entity) || isA(mapping, option.entity, relationship.entity)))
  return (own ?? wildcards.findLast((option) => option.entity === undefined))?.strategy
}

const cannotPopulate = (relationship: MappedRelationship): boolean => relationship.lazy === 'dynamic' || relationship.lazy === 'write_only'

const loads = (strategy: LoaderOption extends infer O ? O extends { readonly strategy: infer S } ? S : never : never): boolean =>
  strategy === 'joined' || strategy === 'selectin' || strategy === 'subquery' || strategy === 'immediate' || strategy === 'contains'
