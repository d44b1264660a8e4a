// Which column of a table a field of a query is, through whatever queries it comes.

import type { ColumnRef, Mapping } from '../../configure/mapping.js'
import type { QueryNode, SelectDescriptor, Source } from '../../query/descriptor.js'

/** Undefined where the field is computed. */
export const columnBehind = (mapping: Pick<Mapping, 'tables' | 'entities'>, query: SelectDescriptor, field: string): ColumnRef | undefined => {
  const { result } = query
  if (result._tag === 'entity') return mapping.entities[result.entity]?.attribute[field]
  const node = withoutMarks(result.fields[field])
  switch (node?._tag) {
    case 'attribute': return mapping.entities[node.entity]?.attribute[node.name]
    case 'tableColumn': {
      const source = sourceNamed(query, node.table)
      const table = source?._tag === 'table' ? source.table : node.table
      return mapping.tables[table]?.derived?.of[node.column] ?? { table, column: node.column }
    }
    case 'field': {
      const source = sourceNamed(query, node.source)
      const inner = source?._tag === 'subquery' ? source.select : source?._tag === 'cte' ? query.ctes.find(({ name }) => name === source.name)?.select : undefined
      return inner === undefined ? undefined : columnBehind(mapping, inner, node.name)
    }
    default: return undefined
  }
}

/** The fields that a query gives, by name. */
export const fieldNames = (mapping: Pick<Mapping, 'entities'>, { result }: SelectDescriptor): readonly string[] =>
  result._tag === 'fields' ? Object.keys(result.fields) : mapping.entities[result.entity]?.attributes.map(({ name }) => name) ?? []

const withoutMarks = (node: QueryNode | undefined): QueryNode | undefined => (node?._tag === 'marked' ? withoutMarks(node.arg) : node)

const sourceNamed = (query: SelectDescriptor, name: string): Source | undefined =>
  [...query.from, ...query.joins.flatMap(({ to }) => (to._tag === 'source' ? [to.source] : []))].find(({ source }) => source === name)
