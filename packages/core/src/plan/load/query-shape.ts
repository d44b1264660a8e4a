// The shape of a query: its text with every value taken out. Queries of one shape have one plan; their values fill its slots.

import type { ColumnRef, Mapping } from '../../configure/mapping.js'
import type { QueryLeaf, QueryNode, SelectDescriptor } from '../../query/descriptor.js'
import type { ColumnType } from '../../schema/column-type.js'
import type { SlotValue } from './load-plan.js'
import { isComparedByKey } from './compared-by-key.js'
import type { QueryError } from './query-error.js'

export interface QueryShape {
  /** Equal texts, equal plans. */
  readonly key: string
  readonly values: readonly SlotValue[]
  /** The first slot of each literal, list, comparison with an object, and limit or offset (by the descriptor that has it). */
  readonly slots: ReadonlyMap<object, number>
  readonly limits: ReadonlyMap<object, { readonly limit?: number; readonly offset?: number }>
  /** What is wrong with a value itself. It is in the key, so that no plan of another query is taken for this one: planning refuses it. */
  readonly refused?: QueryError
}

/** What a description is made of that holds values. */
type Described = QueryNode | SelectDescriptor

/** Takes the values out of a query, of options, or of anything else that is made of descriptors. */
export const shapeOf = (mapping: Mapping, query: unknown): QueryShape => {
  const values: SlotValue[] = []
  const slots = new Map<object, number>()
  const limits = new Map<object, { limit?: number; offset?: number }>()
  const types = new Map<object, ColumnType<unknown>>()
  let refused: QueryError | undefined

  const countSlot = (clause: 'limit' | 'offset', value: number): number => {
    if (!Number.isSafeInteger(value) || value < 0) refused ??= notACount(clause, value)
    return values.push({ _tag: 'value', value }) - 1
  }

  const slotOf = (leaf: object, made: () => readonly SlotValue[]): number => {
    const known = slots.get(leaf)
    if (known !== undefined) return known
    const first = values.length
    values.push(...made())
    slots.set(leaf, first)
    return first
  }

  const replace = (node: Described): unknown => {
    switch (node._tag) {
      case 'literal': {
        const type = types.get(node)
        const slot = slotOf(node, () => [{ _tag: 'value', value: node.value, ...(type === undefined ? {} : { type }) }])
        return { $: slot, type: node.type ?? type?.database }
      }
      case 'list': {
        const type = types.get(node)
        const slot = slotOf(node, () => [{ _tag: 'list', values: node.values, ...(type === undefined ? {} : { type }) }])
        return { $list: slot, type: type?.database }
      }
      case 'relatedTo': {
        const slot = slotOf(node, () => comparedColumns(mapping, node).map((column) => ({ _tag: 'columnOf', object: node.object, column, unset: 'refused' })))
        return { ...node, object: slot }
      }
      case 'memberOf': {
        const slot = slotOf(node, () => parentColumns(mapping, node).map((column) => ({ _tag: 'columnOf', object: node.object, column, unset: 'null' })))
        return { ...node, object: slot }
      }
      case 'objectValue': {
        const { object, table, column } = node
        return { ...node, object: slotOf(node, () => [{ _tag: 'columnOf', object, column: { table, column }, unset: 'null' }]) }
      }
      case 'select': {
        const limited: { limit?: number; offset?: number } = {}
        if (node.limit !== undefined) limited.limit = countSlot('limit', node.limit)
        if (node.offset !== undefined) limited.offset = countSlot('offset', node.offset)
        limits.set(node, limited)
        return { ...node, ...limited }
      }
      default:
        typeOperands(mapping, node, types)
        return node
    }
  }

  const key = JSON.stringify(query, (_name, value: unknown) =>
    isDescribed(value) ? replace(value) : typeof value === 'bigint' || typeof value === 'function' ? String(value) : value)
  return refused === undefined ? { key, values, slots, limits } : { key: `refused ${key}`, values, slots, limits, refused }
}

const notACount = (clause: 'limit' | 'offset', value: unknown): QueryError => ({
  _tag: 'QueryError', code: 'argument', message: `${clause}: ${typeof value === 'string' ? JSON.stringify(value) : String(value)} is no number of results`,
  hint: `give a whole number from 0${clause === 'limit' ? ', or leave limit() out to have them all' : ''}`,
})

/** Descriptors are the only tagged records in a query, and values stand inside them. */
const isDescribed = (value: unknown): value is Described =>
  typeof value === 'object' && value !== null && '_tag' in value && typeof value._tag === 'string'

/** The columns of the object that a comparison reads. */
const comparedColumns = (mapping: Mapping, { relationship: ref, operator }: Extract<QueryLeaf, { _tag: 'relatedTo' }>): readonly ColumnRef[] => {
  const relationship = mapping.entities[ref.entity]?.relationship[ref.name]
  if (relationship === undefined) return []
  if (!isComparedByKey(relationship, operator)) return relationship.reverseLazyClause.binds
  const target = mapping.entities[relationship.target]
  return target?.primaryKey.flatMap((name) => target.attribute[name] ?? []).map(({ table, column }) => ({ table, column })) ?? []
}

/** The columns of the parent that membership reads. */
const parentColumns = (mapping: Mapping, { relationship }: Extract<QueryLeaf, { _tag: 'memberOf' }>): readonly ColumnRef[] =>
  mapping.entities[relationship.entity]?.relationship[relationship.name]?.lazyClause.binds ?? []

/** A value that stands beside a column is of that column's type. */
const typeOperands = (mapping: Mapping, node: QueryNode, types: Map<object, ColumnType<unknown>>): void => {
  const operands: readonly QueryNode[] =
    node._tag === 'binary' || node._tag === 'custom' ? [node.left, node.right]
      : node._tag === 'in' ? [node.arg, ...node.items]
        : node._tag === 'between' ? [node.arg, node.low, node.high] : []
  if (operands.length === 0) return
  if (node._tag === 'binary' && (node.operator === 'like' || node.operator === 'notLike' || node.operator === 'concat')) return
  const type = operands.map((operand) => columnTypeOf(mapping, operand)).find((each) => each !== undefined)
  if (type === undefined) return
  // A literal with a type of its own is as drivers have it already.
  for (const operand of operands) if ((operand._tag === 'literal' && operand.type === undefined) || operand._tag === 'list') types.set(operand, type)
}

const columnTypeOf = (mapping: Mapping, node: QueryNode): ColumnType<unknown> | undefined => {
  switch (node._tag) {
    case 'attribute': return mapping.entities[node.entity]?.attribute[node.name]?.descriptor.type
    case 'tableColumn': return mapping.tables[node.table]?.columns[node.column]?.type
    default: return undefined
  }
}
