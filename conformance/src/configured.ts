// Prints what the relationships of a case resolved to, in the form in which it was recorded.

import type { Cascade, ColumnPair, ColumnRef, Mapping, MappedRelationship } from '@relata/core'

export const configured = (mapping: Mapping): Readonly<Record<string, unknown>> => {
  const printed: Record<string, unknown> = {}
  for (const entity of Object.values(mapping.entities)) {
    for (const relationship of entity.relationships) {
      if (relationship.entity === entity.name) printed[relationship.key] = relationshipOf(relationship)
    }
  }
  return printed
}

const relationshipOf = (relationship: MappedRelationship) => ({
  target: relationship.target,
  direction: relationship.direction,
  uselist: relationship.uselist,
  localRemotePairs: sorted(relationship.localRemotePairs.map(([local, remote]) => [columnOf(local), columnOf(remote)])),
  synchronizePairs: pairs(relationship.synchronizePairs),
  secondarySynchronizePairs: pairs(relationship.secondarySynchronizePairs),
  remoteSide: relationship.remoteColumns.map(columnOf).toSorted(),
  cascade: cascadeWords(relationship.cascade),
  viewonly: relationship.viewonly,
  reverse: [...relationship.reverse].toSorted(),
})

const columnOf = (ref: ColumnRef): string => `${ref.table}.${ref.column}`

const pairs = (of: readonly ColumnPair[]) => sorted(of.map(({ source, destination }) => [columnOf(source), columnOf(destination)]))

const sorted = (rows: readonly (readonly string[])[]) => [...rows].toSorted((a, b) => (String(a) < String(b) ? -1 : 1))

const words: readonly (readonly [keyof Cascade, string])[] = [
  ['delete', 'delete'], ['deleteOrphan', 'delete-orphan'], ['expunge', 'expunge'],
  ['merge', 'merge'], ['refreshExpire', 'refresh-expire'], ['saveUpdate', 'save-update'],
]

const cascadeWords = (cascade: Cascade): readonly string[] => words.filter(([key]) => cascade[key]).map(([, word]) => word)
