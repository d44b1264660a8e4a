// The parents of a subquery load: the statement that brought them, cut to the columns that the relationship joins by, and joined
// along the way to the entity whose relationship it is.

import type { ColumnRef, MappedEntity, MappedRelationship } from '../../configure/mapping.js'
import type { From, PlanNode } from '../select-ast.js'
import { selectAst } from './base-select.js'
import { columnList } from './column-list.js'
import { farNames } from './compare-relationship.js'
import { entityCriteria } from './entity-criteria.js'
import type { Hop, Reading } from './entity-read.js'
import { lowerWithin } from './lowering.js'
import { entityNamed } from './mapped-column.js'
import { farFrom, openFar, primaryCondition, secondaryCondition } from './relationship-join.js'
import type { EntitySource } from './source.js'
import { allOf, columnOf } from './source.js'

/** The parents as a source of rows: what their relationship joins from. */
export const parentsRepeated = (reading: Reading, hops: readonly Hop[], relationship: MappedRelationship): { readonly from: From; readonly source: EntitySource } => {
  const { planning } = reading.lowering
  const first = hops[0]?.relationship ?? relationship
  let { from, source } = reduced(reading, first)
  for (const hop of hops) {
    const far = openFar(planning, hop.relationship, hop.target, false)
    const on = allOf([
      primaryCondition(planning, hop.relationship, source, far),
      hop.strategy.where === undefined ? undefined : lowerWithin(reading.lowering, farNames(hop.relationship, far.target, hop.strategy.ref), hop.strategy.where),
      ...entityCriteria(reading.lowering, far.target),
    ]) ?? { _tag: 'constant', value: true }
    from = { _tag: 'join', kind: 'inner', left: from, right: farFrom(far, secondaryCondition(planning, hop.relationship, source, far)), on }
    source = far.target
  }
  return { from, source }
}

/** The statement before its eager joins, with these columns alone; ordered only where a limit needs it. */
const reduced = (reading: Reading, relationship: MappedRelationship): { readonly from: From; readonly source: EntitySource } => {
  const { lowering: { planning }, base, root } = reading
  const alias = planning.alias('parents')
  const columns = columnList()
  const exported = new Map<string, PlanNode>()
  for (const ref of relationship.localColumns) {
    const expr = columnOf(planning, root, ref)
    const { name } = columns.columns[columns.add(expr)] ?? { name: ref.column }
    exported.set(`${ref.table}.${ref.column}`, { _tag: 'column', source: alias, name, ...(expr._tag === 'column' && expr.type !== undefined ? { type: expr.type } : {}) })
  }
  const distinct = base.distinct || distinctParents(relationship, entityNamed(planning.mapping, relationship.entity))
  const orderBy = base.limit === undefined && base.offset === undefined ? [] : base.orderBy
  if (distinct) for (const ordering of orderBy) columns.add(ordering.arg)
  const { lock: _lock, ...rest } = base
  const select = selectAst({ ...rest, distinct, orderBy }, columns.columns)
  return { from: { _tag: 'select', select, alias }, source: { ...root, tables: new Map(), exported } }
}

/** Parents that share what the relationship joins by stand once, unless the mapping says otherwise. */
const distinctParents = (relationship: MappedRelationship, parent: MappedEntity): boolean => {
  if (relationship.distinctTargetKey !== undefined) return relationship.distinctTargetKey
  const has = ({ table, column }: ColumnRef): boolean => relationship.localColumns.some((each) => each.table === table && each.column === column)
  return !parent.primaryKey.every((name) => {
    const attribute = parent.attribute[name]
    return attribute !== undefined && [attribute, ...attribute.also].some(has)
  })
}
