// The sides of a relationship over aliases of the caller's: what the one lowering of join conditions reads.

import type { MappedEntity, MappedRelationship, MappedSelectable, Mapping } from '../../configure/mapping.js'
import type { PlanNode } from '../select-ast.js'
import type { FarSide } from '../load/relationship-join.js'
import { entityNamed } from '../load/mapped-column.js'
import type { EntitySource } from '../load/source.js'
import { exportedBy } from '../load/source.js'
import type { AliasOf, JoinAliases } from './join-aliases.js'

export interface JoinSides { readonly parent: EntitySource; readonly far: FarSide }

/** Parent and far side of a relationship, every table under the alias that its side gives it. */
export const sidesOver = (mapping: Mapping, relationship: MappedRelationship, aliases: JoinAliases): JoinSides => {
  const entity = entityNamed(mapping, relationship.entity)
  const target = entityNamed(mapping, relationship.target)
  const { secondary } = relationship
  return {
    parent: sourceOver(mapping, entity, entity.tables, aliases.parent),
    far: {
      target: sourceOver(mapping, target, targetTables(target, relationship), aliases.target),
      ...secondary === undefined ? {} : { secondary: { tables: new Map(namesIn(secondary).map(([name, table]) => [name, { table, alias: aliases.secondary(name) }])) } },
      others: new Map(relationship.otherTables.map((table) => [table, aliases.other(table)])),
    },
  }
}

/** The names of the tables that a relationship's target is read from. */
export const targetTables = (target: MappedEntity, { alias }: MappedRelationship): readonly string[] =>
  alias === undefined ? target.tables : namesIn(alias.source).map(([name]) => name)

/** The tables of what rows are read from, by the names that they bear in it. */
export const namesIn = (selectable: MappedSelectable): readonly (readonly [name: string, table: string])[] =>
  selectable._tag === 'table' ? [[selectable.alias, selectable.table]] : [...namesIn(selectable.left), ...namesIn(selectable.right)]

const sourceOver = (mapping: Mapping, entity: MappedEntity, names: readonly string[], aliasOf: AliasOf): EntitySource => {
  const tables = new Map(names.map((name) => [name, aliasOf(name)]))
  const exported: ReadonlyMap<string, PlanNode> = exportedBy({ mapping }, tables)
  return { _tag: 'entity', entity, aliased: false, tables, exported }
}
