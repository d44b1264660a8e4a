// A query as a table: what an entity, an alias or a secondary can be read from where no table of the database has the rows.

import { opaque } from '../schema/column-type.js'
import { column } from '../schema/column.js'
import { record } from '../schema/record.js'
import type { TableDescriptor } from '../schema/table-descriptor.js'
import { emptySelect } from '../query/build.js'
import { originOf } from '../query/source.js'
import type { SelectDescriptor } from '../query/descriptor.js'

/** The fields of a subquery or common table as columns of a table; undefined where it is neither. Their types are found by `configure`. */
export const derivedTable = (fields: unknown, primaryKey: readonly string[] = []): TableDescriptor | undefined => {
  if (typeof fields !== 'object' || fields === null) return undefined
  const query = queryOf(fields)
  const origin = originOf(fields)
  return query === undefined || origin === undefined ? undefined : Object.freeze({
    _tag: 'Table', name: origin.source.source, query,
    columns: record(Object.keys(fields).map((name) => [name, column(opaque)] as const)),
    primaryKey: Object.freeze([...primaryKey]), foreignKeys: none, uniques: none, checks: none, indexes: none,
  })
}

const none: readonly never[] = Object.freeze([])

/** A subquery's own query; of a common table, the query that reads all of it. */
const queryOf = (fields: object): SelectDescriptor | undefined => {
  const origin = originOf(fields)
  if (origin?.source._tag === 'subquery') return origin.source.select
  if (origin?.source._tag !== 'cte') return undefined
  const { source } = origin.source
  return emptySelect({ _tag: 'fields', fields: record(Object.keys(fields).map((name) => [name, { _tag: 'field', source, name }] as const)) }, [origin])
}
