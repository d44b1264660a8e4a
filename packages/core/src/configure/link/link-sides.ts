// Twelfth pass: which relationships are two sides of one thing, and which changes are mirrored from one to the other.

import { columnText } from '../column-ref.js'
import { detailOf } from '../declaration.js'
import { haveCommonAncestor } from '../entity/layout.js'
import type { EntityLayout, Layout } from '../entity/layout.js'
import { mappingError, mappingWarning } from '../mapping-error.js'
import type { MappingError, MappingWarning } from '../mapping-error.js'
import type { Shortened } from '../join/shortcuts.js'
import { didYouMean } from '../suggest.js'

export interface Linked extends Shortened {
  /** Keys of the other sides. */
  readonly reverse: readonly string[]
  /** Those that a change of this one is mirrored to in memory. */
  readonly mirrored: readonly string[]
}

export type Failed = ReadonlyMap<string, EntityLayout | undefined>

export interface LinkedSides {
  readonly relationships: readonly Linked[]
  readonly errors: readonly (readonly [key: string, error: MappingError])[]
}

/** `failed` are keys of relationships with errors of their own, with the entity that they lead to where that is known. */
export const linkSides = (layout: Layout, relationships: readonly Shortened[], failed: Failed): LinkedSides => {
  const byKey = new Map(relationships.map((each) => [each.key, each]))
  const links = new Map<string, Set<string>>(relationships.map((each) => [each.key, new Set()]))
  const otherSide = new Map<string, string>()
  const sync = new Map(relationships.map((each) => [each.key, each.settings.optional.syncBackref]))
  const oneSided = new Map<string, MappingWarning>()
  const errors: (readonly [string, MappingError])[] = []
  // Of two sides the later one is held against the earlier.
  const started = new Set<string>()
  const told = new Set<string>()
  for (const each of relationships) {
    started.add(each.key)
    const name = each.backPopulates ?? each.settings.backref?.name
    if (name === undefined) continue
    const key = keyOfProperty(layout, each.targetEntity, name, byKey, failed)
    if (key !== undefined && !byKey.has(key) && failed.has(key)) {
      const target = failed.get(key)
      if (target !== undefined && !haveCommonAncestor(target, each.entity)) errors.push([each.key, leadsElsewhere(each, key, target)])
      continue
    }
    const other = key === undefined ? undefined : byKey.get(key)
    const error = other === undefined ? missing(each, name, byKey) : faultOf(each, other) ?? (started.has(other.key) ? sameDirection(each, other) : undefined)
    if (error !== undefined) {
      const pair = [each.key, other?.key ?? name].toSorted().join(' ')
      if (!told.has(pair)) errors.push([each.key, error])
      told.add(pair)
      continue
    }
    if (other === undefined) continue
    links.get(each.key)?.add(other.key)
    links.get(other.key)?.add(each.key)
    otherSide.set(each.key, other.key)
    // What is only viewed is not kept in step.
    if (other.settings.viewonly && sync.get(each.key) === undefined) sync.set(each.key, false)
    if (each.settings.viewonly && sync.get(other.key) === undefined) sync.set(other.key, false)
    if (other.backPopulates === undefined && other.settings.backref === undefined) {
      oneSided.set(each.key, mappingWarning(
        'one-sided-back-populates',
        `${each.key} names ${other.key} as its other side, but ${other.key} does not name it: changes of ${other.key} are not mirrored.`,
        { ...detailOf(each), others: [other.key] },
        `Write backPopulates: '${each.name}' on ${other.key} as well.`,
      ))
    }
  }
  return {
    relationships: relationships.map((each) => {
      const side = otherSide.get(each.key)
      const warning = oneSided.get(each.key)
      const mirrors = side !== undefined && !each.settings.viewonly && sync.get(each.key) !== false
      return { ...each, reverse: [...links.get(each.key) ?? []], mirrored: mirrors ? [side] : [], warnings: warning === undefined ? each.warnings : [...each.warnings, warning] }
    }),
    errors,
  }
}

/** The relationship that an entity or the nearest one above it has under a name. */
const keyOfProperty = (layout: Layout, entity: EntityLayout, name: string, byKey: ReadonlyMap<string, Shortened>, failed: Failed): string | undefined => {
  for (let index = entity.inheritance.line.length - 1; index >= 0; index--) {
    const key = `${layout.entities[entity.inheritance.line[index] ?? '']?.name ?? ''}.${name}`
    if (byKey.has(key) || failed.has(key)) return key
  }
  return undefined
}

const missing = (each: Shortened, name: string, byKey: ReadonlyMap<string, Shortened>): MappingError => {
  const { key, targetEntity, entity } = each
  const detail = { ...detailOf(each), others: [`${targetEntity.name}.${name}`] }
  if (targetEntity.attribute[name] !== undefined) return mappingError(
    'back-populates-mismatch',
    `${key} names '${name}' as its other side, but ${targetEntity.name}.${name} is a column and not a relationship.`,
    detail,
    `Write backPopulates with the name of the relationship on ${targetEntity.name} that leads back to ${entity.name}.`,
  )
  const known = [...byKey.values()].filter((other) => other.entity.name === targetEntity.name && haveCommonAncestor(other.targetEntity, entity)).map((other) => other.name)
  return mappingError(
    'back-populates-mismatch',
    `${key} names '${name}' as its other side, but ${targetEntity.name} has no relationship '${name}'.`,
    detail,
    known.length > 0 ? `Write the name of the relationship that leads back. ${didYouMean(name, known)}` : `Add ${name}: relationship('${entity.name}', { backPopulates: '${each.name}' }) to ${targetEntity.name}, or write backref: '${name}' here instead of backPopulates.`,
  )
}

const faultOf = (each: Shortened, other: Shortened): MappingError | undefined => {
  const detail = { ...detailOf(each), others: [other.key] }
  for (const [a, b] of [[each, other], [other, each]] as const) {
    if (a.settings.viewonly && b.settings.optional.syncBackref === true) return mappingError(
      'invalid-request',
      `${b.key} has syncBackref: true, but its other side ${a.key} is viewonly, and what is only viewed is not kept in step.`,
      detail,
      `Remove syncBackref from ${b.key}, or viewonly from ${a.key}.`,
    )
  }
  return haveCommonAncestor(other.targetEntity, each.entity) ? undefined : leadsElsewhere(each, other.key, other.targetEntity)
}

const leadsElsewhere = (each: Shortened, other: string, target: EntityLayout): MappingError =>
  mappingError(
    'back-populates-mismatch',
    `${each.key} names ${other} as its other side, but that leads to ${target.name} and not back to ${each.entity.name}.`,
    { ...detailOf(each), others: [other] },
    `Write backPopulates with the name of a relationship on ${each.targetEntity.name} that leads to ${each.entity.name}.`,
  )

const sameDirection = (each: Shortened, other: Shortened): MappingError | undefined => (each.direction !== other.direction || each.direction === 'many-to-many' ? undefined
  : mappingError(
    'back-populates-direction',
    `${each.key} and its other side ${other.key} are both ${each.direction}.`,
    { ...detailOf(each), others: [other.key] },
    directionHint(each, other),
  ))

const directionHint = (each: Shortened, other: Shortened): string => {
  if (!haveCommonAncestor(each.entity, each.targetEntity)) {
    const columns = each.foreignColumns.map((column) => `'${columnText(column)}'`).join(', ')
    return `They follow different foreign keys. Give both the same one, such as foreignKeys: [${columns}], or leave out backPopulates if they are two things.`
  }
  const key = each.targetEntity.primaryKeyColumns.map((column) => `'${columnText(column)}'`).join(', ')
  if (each.direction === 'many-to-one') return `One of the two should be the list: remove remoteSide: [${key}] there.`
  const made = each.reverseOf !== undefined ? each : other.reverseOf !== undefined ? other : undefined
  return made === undefined ? `On the one that leads to the one object, write remoteSide: [${key}], the columns of the far side.`
    : `If ${made.key} is the one object, write backref: backref('${made.name}', { remoteSide: [${key}] }); if ${made.reverseOf?.key ?? ''} is, write remoteSide: [${key}] beside backref.`
}
