// Membership: in written values, in a list given later, in a select.

import { typeOf } from '@relata/core'
import type { DatabaseType, Operation, PlanLeaf, PlanNode, SelectAst } from '@relata/core'
import { comparable } from './comparable.js'
import type { Lowering } from './lowering.js'
import { refuse } from './lowering.js'
import type { Context } from './lower-parameter.js'
import type { Parameter, SqlNode, SqlSelect } from './sql-tree.js'

type Membership = Operation<PlanLeaf> & { readonly _tag: 'in' }
type Lower = (child: PlanNode, known?: Context) => SqlNode
type LeafOf<T extends PlanLeaf['_tag']> = PlanLeaf & { readonly _tag: T }

/** An empty list is false (or true, negated); the rest in the form that the dialect has. */
export const lowerMembership = (to: Lowering, lower: Lower, lowerSelect: (select: SelectAst) => SqlSelect, node: Membership): SqlNode => {
  const [only] = node.items
  if (only === undefined) return { _tag: 'keyword', word: node.negated ? 'true' : 'false' }
  if (node.items.length === 1 && only._tag === 'listSlot') return inList(to, lower, node, only)
  if (node.items.length === 1 && only._tag === 'subquery') return inSelect(to, lower, node, lowerSelect(only.select))
  return node.arg._tag === 'tuple' ? inTuples(to, lower, node) : inValues(to, lower, node)
}

const inValues = (to: Lowering, lower: Lower, node: Membership): SqlNode => {
  const type = typeOf(node.arg)
  const settled = node.arg._tag !== 'slot' && node.arg._tag !== 'constant'
  return { ...node, arg: comparable(to, node.arg, lower(node.arg)), items: node.items.map((item) => lower(item, type === undefined ? { settled } : { settled, type })) }
}

const inTuples = (to: Lowering, lower: Lower, node: Membership): SqlNode => {
  const { tupleIn } = to.dialect.expression
  if (tupleIn === 'or') {
    const any: SqlNode = { _tag: 'logical', operator: 'or', args: node.items.map((item) => lower(equalTuples(node.arg, item))) }
    return node.negated ? { _tag: 'not', arg: any } : any
  }
  const columns = itemsOf(node.arg)
  const items = node.items.map((item): SqlNode => ({ _tag: 'tuple', items: itemsOf(item).map((member, at) => lower(member, besideMember(columns[at]))) }))
  return tupleIn === 'values'
    ? { _tag: 'valuesMembership', arg: lower(node.arg), negated: node.negated, items }
    : { _tag: 'in', arg: lower(node.arg), negated: node.negated, items }
}

const inList = (to: Lowering, lower: Lower, node: Membership, list: LeafOf<'listSlot'>): SqlNode => {
  if (to.slots === 'after rows') refuse(to, 'malformed', 'A list stands in an expression of a row.', 'Write out its values, or write by condition.', { construct: 'list' })
  const { arrays } = to.dialect.parameter
  const columns = itemsOf(node.arg)
  const types = columns.map((column, at): DatabaseType | undefined => list.types[at] ?? typeOf(column))
  const array = (type: DatabaseType | undefined, member?: number): Parameter =>
    ({ _tag: 'parameter', source: member === undefined ? { _tag: 'array', index: list.index } : { _tag: 'array', index: list.index, member }, type: { kind: 'array', of: type } })

  if (arrays && node.arg._tag !== 'tuple') {
    const parameter = array(types[0])
    const unknown = (node.arg._tag === 'slot' || node.arg._tag === 'constant') && types[0] !== undefined
    return {
      _tag: 'binary', operator: node.negated ? 'ne' : 'eq', left: lower(node.arg),
      right: { _tag: 'quantified', quantifier: node.negated ? 'all' : 'any', parameter: unknown ? { ...parameter, cast: types[0]! } : parameter },
    }
  }
  if (arrays && types.every((type) => type !== undefined && isUnnestable(type))) {
    const members = types.map((type, at): Parameter => type === undefined ? array(type, at) : { ...array(type, at), cast: type })
    return { _tag: 'in', arg: lower(node.arg), negated: node.negated, items: [{ _tag: 'unnest', members }] }
  }
  const form = node.arg._tag === 'tuple' ? to.dialect.expression.tupleIn : 'list'
  return { _tag: 'listMembership', arg: comparable(to, node.arg, lower(node.arg)), negated: node.negated, index: list.index, types, form }
}

/** An array of arrays comes apart to its last member, so that such a type cannot go through `unnest`. */
export const isUnnestable = (type: DatabaseType): boolean => type.kind !== 'custom' || !type.name.endsWith(']')

const inSelect = (to: Lowering, lower: Lower, node: Membership, select: SqlSelect): SqlNode => {
  const { limitInMembership, readsWrittenTable } = to.dialect.supports
  const limited = select.limit !== undefined || select.offset !== undefined
  const apart = !(limitInMembership || !limited) || !(readsWrittenTable || !to.writes)
  // DISTINCT keeps the optimizer from merging the copy into the statement again.
  const read = apart ? { ...wrapped(select, 'apart'), distinct: to.writes } : select
  return { _tag: 'membership', arg: lower(node.arg), negated: node.negated, select: read }
}

/** `select * from (select …)`, by its columns' names. */
export const wrapped = (select: SqlSelect, alias: string): SqlSelect => ({
  recursive: false, ctes: [], distinct: false, groupBy: [], compound: [], orderBy: [],
  columns: select.columns.map(({ name, type }) => ({ expr: { _tag: 'column', source: alias, name }, name, type })),
  from: [{ _tag: 'select', select, alias, lateral: false }],
})

const itemsOf = (node: PlanNode): readonly PlanNode[] => node._tag === 'tuple' ? node.items : [node]

const equalTuples = (left: PlanNode, right: PlanNode): PlanNode => {
  const others = itemsOf(right)
  return {
    _tag: 'logical', operator: 'and',
    args: itemsOf(left).flatMap((member, at): readonly PlanNode[] => {
      const other = others[at]
      return other === undefined ? [] : [{ _tag: 'binary', operator: 'eq', left: member, right: other }]
    }),
  }
}

const besideMember = (column: PlanNode | undefined): Context => {
  const type = column === undefined ? undefined : typeOf(column)
  return type === undefined ? { settled: true } : { settled: true, type }
}
