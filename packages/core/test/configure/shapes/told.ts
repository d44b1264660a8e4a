// What a registry of a test resolves to, a line a relationship, or the codes of its errors.

import { configure, dynamicRegistry, type ColumnPair, type ColumnRef, type MappedRelationship, type relationship } from '@relata/core'
import * as E from 'fp-ts/lib/Either.js'
import type { Entities } from '../configured.js'

export type Options = Parameters<typeof relationship>[1]

/** `A.bs one-to-many list | local remote, … | source → destination, … | far columns | other sides`, and the codes of warnings. */
export const toldOf = (entities: Entities): string | readonly string[] => {
  const configured = configure(dynamicRegistry(entities))
  if (E.isLeft(configured)) return [...new Set(configured.left.map(({ code }) => code))].join('; ')
  const { entities: mapped, warnings } = configured.right
  return [
    ...Object.values(mapped).flatMap((entity) => entity.relationships.filter((each) => each.entity === entity.name).map(lineOf)),
    ...warnings.map(({ code }) => `warns ${code}`),
  ]
}

const lineOf = (of: MappedRelationship): string => {
  const pairs = of.localRemotePairs.map(([local, remote]) => `${text(local)} ${text(remote)}`).toSorted()
  const writes = [...copies(of.synchronizePairs), ...copies(of.secondarySynchronizePairs)]
  return [
    `${of.key} ${of.direction} ${of.uselist ? 'list' : 'one'}`, pairs.join(', '), writes.length === 0 ? 'nothing' : writes.join(', '), of.remoteColumns.map(text).toSorted().join(', '),
    ...(of.reverse.length === 0 ? [] : [of.reverse.toSorted().join(', ')]),
  ].join(' | ')
}

const text = ({ table, column }: ColumnRef): string => `${table}.${column}`
const copies = (pairs: readonly ColumnPair[]): readonly string[] => pairs.map(({ source, destination }) => `${text(source)} → ${text(destination)}`).toSorted()
