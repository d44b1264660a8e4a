// Thirteenth pass: relationships that write one column and are not said to belong together.

import { groupBy } from 'fp-ts/lib/NonEmptyArray.js'
import { columnKey, columnText } from '../column-ref.js'
import { detailOf } from '../declaration.js'
import { areSiblings, haveCommonAncestor } from '../entity/layout.js'
import type { ColumnRef } from '../mapping.js'
import { mappingWarning } from '../mapping-error.js'
import type { MappingWarning } from '../mapping-error.js'
import type { Linked } from './link-sides.js'

/** Named in one warning at most: more are no help. */
const shownAtMost = 20

/** A warning for each relationship that writes columns in conflict with earlier ones. */
export const findOverlaps = (relationships: readonly Linked[]): readonly MappingWarning[] => {
  const writers = new Map<string, Writer[]>()
  const warnings: MappingWarning[] = []
  for (const relationship of relationships) {
    if (relationship.settings.viewonly) continue
    const reverse = new Set(relationship.reverse)
    const conflicts: Conflict[] = []
    for (const { source, destination } of [...relationship.synchronizePairs, ...relationship.secondarySynchronizePairs]) {
      const earlier = writers.get(columnKey(destination)) ?? []
      const others = earlier.filter((other) => !reverse.has(other.relationship.key) && conflict(relationship, other.relationship))
      if (others.length > 0) conflicts.push({ source, destination, others })
      const again = earlier.findIndex((other) => other.relationship.key === relationship.key)
      if (again < 0) writers.set(columnKey(destination), earlier)
      earlier[again < 0 ? earlier.length : again] = { relationship, source }
    }
    if (conflicts.length > 0) warnings.push(overlap(relationship, conflicts))
  }
  return warnings
}

interface Writer { readonly relationship: Linked; readonly source: ColumnRef }
/** A column that others write too. */
interface Conflict { readonly source: ColumnRef; readonly destination: ColumnRef; readonly others: readonly Writer[] }

/** No object is a member of both where their entities are siblings; an override is no second relationship. */
const conflict = (a: Linked, b: Linked): boolean =>
  a.key !== b.key
  && !a.settings.overlaps.has(b.name) && !b.settings.overlaps.has(a.name)
  && !areSiblings(a.entity, b.entity) && !areSiblings(a.targetEntity, b.targetEntity)
  && !areSiblings(a.entity, b.targetEntity) && !areSiblings(a.targetEntity, b.entity)
  && (a.name !== b.name || !haveCommonAncestor(a.entity, b.entity))

const overlap = (relationship: Linked, conflicts: readonly Conflict[]): MappingWarning => {
  const others = Object.values(groupBy((other: Writer) => other.relationship.key)(conflicts.flatMap((each) => each.others)))
  const shown = others.slice(0, shownAtMost)
  const names = [...new Set(shown.map(([other]) => other.relationship.name))]
  const keys = shown.map(([other]) => other.relationship.key).toSorted()
  const written = conflicts.map(({ source, destination }) => `${columnText(source)} into ${columnText(destination)}`).join(' and ')
  const writers = shown.map((each) => `${each[0].relationship.key} (from ${[...new Set(each.map(({ source }) => columnText(source)))].join(', ')})`)
  return mappingWarning('overlaps',
    `${relationship.key} writes ${written}, and so do${keys.length === 1 ? 'es' : ''} ${writers.join(', ')}${others.length > shown.length ? ' and others' : ''}: the last one wins.`,
    { ...detailOf(relationship), columns: [...new Set(conflicts.flatMap(({ source, destination }) => [columnText(source), columnText(destination)]))], others: keys },
    `${remedy(relationship, others.map(([other]) => other))} If all is as it should be, write overlaps: '${names.toSorted().join(',')}' on ${relationship.key}.`)
}

/** What is likely meant: two sides of one thing, rows that are objects too, keys that share a column, or a view. */
const remedy = (relationship: Linked, others: readonly Writer[]): string => {
  const { key, name, entity, targetEntity, secondary } = relationship
  const side = others.find(({ relationship: other }) => other.entity.name === targetEntity.name && other.targetEntity.name === entity.name && (other.secondary === undefined) === (secondary === undefined))?.relationship
  if (side !== undefined) return `If they are two sides of one thing, link them: backPopulates: '${side.name}' on ${key}, and backPopulates: '${name}' on ${side.key}.`
  const through = [relationship, ...others.map((other) => other.relationship)].filter((each) => each.secondary !== undefined)
  const [first] = through
  if (first !== undefined && through.length <= others.length) return `The rows of the secondary of ${first.key} are objects too: write viewonly: true on ${first.key}, and change them through the objects.`
  if (others.some((other) => other.relationship.targetEntity.name !== targetEntity.name || other.relationship.entity.name !== entity.name)) return 'If their keys share that column, give this one a primaryjoin that marks only its own with foreign(…). If one only reads, write viewonly: true on it.'
  return 'If one of them only reads, write viewonly: true on it.'
}
