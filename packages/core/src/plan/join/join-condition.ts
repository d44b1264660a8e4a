// A relationship's conditions over the aliases of a statement, with database names and slots for parameters.

import type { Node, Ordering } from '../../expression/node.js'
import { mapLeaves } from '../../expression/map-children.js'
import type { ColumnRef, JoinColumn, JoinNode, LazyClause, LazyLeaf, MappedRelationship, Mapping, SecondarySource } from '../../configure/mapping.js'
import { databaseName } from '../../schema/table-descriptor.js'
import type { DatabaseType } from '../../schema/database-type.js'
import type { PlanLeaf, PlanNode } from '../select-ast.js'
import type { JoinAliases } from './join-aliases.js'

export interface JoinConditions {
  /** Between parent and target, or between parent and secondary. */
  readonly primary: PlanNode
  /** Between secondary and target. */
  readonly secondary?: PlanNode
}

/**
 * The ON conditions of a relationship from parent to target, over the aliases given for their tables.
 *
 * @example
 * joinCondition(mapping, addresses, { ...ownNames, target: () => 'a' }).primary // users.id = a.user_id
 */
export const joinCondition = (mapping: Mapping, relationship: MappedRelationship, aliases: JoinAliases): JoinConditions => {
  const primary = overAliases(mapping, relationship, aliases, relationship.primaryjoin)
  return relationship.secondaryjoin === undefined ? { primary } : { primary, secondary: overAliases(mapping, relationship, aliases, relationship.secondaryjoin) }
}

export interface LazyConditions extends JoinConditions {
  /** The columns whose values go into the slots, in order, from the first slot on. */
  readonly binds: readonly ColumnRef[]
}

/**
 * The condition that finds the targets of one known parent ('forward'), or the parents of one known target ('reverse'): the
 * known side's columns are slots, numbered from `firstSlot`.
 */
export const lazyCondition = (mapping: Mapping, relationship: MappedRelationship, aliases: JoinAliases, direction: 'forward' | 'reverse' = 'forward', firstSlot = 0): LazyConditions => {
  const clause = direction === 'forward' ? relationship.lazyClause : relationship.reverseLazyClause
  const primary = withSlots(mapping, relationship, aliases, clause, clause.condition, firstSlot)
  return clause.secondaryCondition === undefined ? { primary, binds: clause.binds }
    : { primary, secondary: withSlots(mapping, relationship, aliases, clause, clause.secondaryCondition, firstSlot), binds: clause.binds }
}

/** The relationship's ordering over the aliases of its target and secondary. */
export const orderTerms = (mapping: Mapping, relationship: MappedRelationship, aliases: JoinAliases): readonly Ordering<PlanNode>[] =>
  relationship.orderBy.map((ordering) => ({ ...ordering, arg: overAliases(mapping, relationship, aliases, ordering.arg) }))

/** The tables of a secondary by the names that they bear in it. */
export const secondaryTables = (source: SecondarySource | undefined): ReadonlyMap<string, string> => {
  if (source === undefined) return new Map()
  return source._tag === 'table' ? new Map([[source.alias, source.table]]) : new Map([...secondaryTables(source.left), ...secondaryTables(source.right)])
}

/** Any condition of a relationship, such as that of its secondary's own join, over aliases. */
export const overAliases = (mapping: Mapping, relationship: MappedRelationship, aliases: JoinAliases, condition: JoinNode): PlanNode => {
  const between = secondaryTables(relationship.secondary)
  return mapLeaves(condition, (leaf): Node<PlanLeaf> => (leaf._tag === 'joinColumn' ? placed(mapping, between, aliases, leaf) : constant(leaf)))
}

const withSlots = (mapping: Mapping, relationship: MappedRelationship, aliases: JoinAliases, clause: LazyClause, condition: Node<LazyLeaf>, firstSlot: number): PlanNode => {
  const between = secondaryTables(relationship.secondary)
  return mapLeaves(condition, (leaf): Node<PlanLeaf> => {
    if (leaf._tag === 'joinColumn') return placed(mapping, between, aliases, leaf)
    if (leaf._tag !== 'bind') return constant(leaf)
    const column = clause.binds[leaf.index]
    const table = column === undefined ? undefined : between.get(column.table) ?? column.table
    const type = column === undefined || table === undefined ? undefined : typeOf(mapping, table, column.column)
    return { _tag: 'slot', index: firstSlot + leaf.index, ...type === undefined ? {} : { type } }
  })
}

const placed = (mapping: Mapping, between: ReadonlyMap<string, string>, aliases: JoinAliases, { from, table, column }: JoinColumn): PlanLeaf => {
  const name = from === 'secondary' ? between.get(table) ?? table : table
  const descriptor = mapping.tables[name]
  const type = typeOf(mapping, name, column)
  return { _tag: 'column', source: aliases[from](table), name: descriptor === undefined ? column : databaseName(descriptor, column), ...type === undefined ? {} : { type } }
}

const typeOf = (mapping: Mapping, table: string, column: string): DatabaseType | undefined => mapping.tables[table]?.columns[column]?.type.database

const constant = (leaf: Exclude<LazyLeaf, { readonly _tag: 'joinColumn' | 'bind' }>): PlanLeaf => {
  if (leaf._tag === 'null') return leaf
  const { value, type } = leaf
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return { _tag: 'constant', value, ...type === undefined ? {} : { type } }
    // `configure` lets nothing else into a condition.
    default: return { _tag: 'null' }
  }
}
