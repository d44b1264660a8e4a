// The condition of a join that says none: the one foreign key between what is joined and what the query has already.

import type { PlanNode } from '../select-ast.js'
import type { Planning } from './planning.js'
import { refuse } from './query-error.js'
import type { EntitySource } from './source.js'
import { allOf, columnAt } from './source.js'

/** A source of the query under its name. */
export interface Side { readonly name: string; readonly source: EntitySource }

/** Finds the condition; refuses where no foreign key leads from one to the other, or several do. */
export const joinByKeys = (planning: Planning, lefts: readonly Side[], right: Side): PlanNode => {
  const found = lefts.flatMap((left) => [...keysBetween(planning, left, right), ...keysBetween(planning, right, left)])
  const [only, ...others] = found
  const names = lefts.map(({ name }) => name).join(', ')
  if (only === undefined) return refuse('argument', `no foreign key leads from '${right.name}' to ${names} or back`, 'join along a relationship, or give the condition')
  if (others.length > 0) return refuse('argument', `${found.length} foreign keys lead from '${right.name}' to ${names} or back: ${found.map(({ text }) => text).join('; ')}`, lefts.length > 1 ? 'join along a relationship, name the left side by joinFrom, or give the condition' : 'join along a relationship, or give the condition')
  return only.condition
}

const keysBetween = (planning: Planning, referring: Side, referred: Side): readonly { readonly text: string; readonly condition: PlanNode }[] =>
  Array.from(referring.source.tables).flatMap(([table, alias]) => (planning.mapping.tables[table]?.foreignKeys ?? []).flatMap((key) => {
    const other = referred.source.tables.get(key.table)
    if (other === undefined) return []
    const condition = allOf(key.columns.map((column, index): PlanNode => ({
      _tag: 'binary', operator: 'eq',
      left: columnAt(planning, other, { table: key.table, column: key.references[index] ?? '' }), right: columnAt(planning, alias, { table, column }),
    })))
    return condition === undefined ? [] : [{ text: `${referring.name} by ${key.columns.map((column) => `${table}.${column}`).join(', ')}`, condition }]
  }))
