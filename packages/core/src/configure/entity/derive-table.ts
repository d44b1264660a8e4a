// What stands for a table: a query of a mapping, lowered once, or a table under another name.

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { asDelivered, opaque } from '../../schema/column-type.js'
import { column } from '../../schema/column.js'
import type { Column } from '../../schema/column.js'
import type { TableDescriptor } from '../../schema/table-descriptor.js'
import type { SelectDescriptor } from '../../query/descriptor.js'
import { columnBehind } from '../../plan/load/column-behind.js'
import { lowerQuery } from '../../plan/load/lower-query.js'
import type { SelectAst } from '../../plan/select-ast.js'
import { typeOf } from '../../plan/type-of.js'
import { isObject } from '../is-object.js'
import type { ColumnRef, MappedTable, Mapping } from '../mapping.js'
import { mappingError } from '../mapping-error.js'
import type { MappingError } from '../mapping-error.js'
import { recordOf } from '../record.js'
import type { ForeignKey } from './layout.js'
import { isTable } from './read-registry.js'

export interface TableAlias { readonly table: TableDescriptor; readonly alias: string }

/** The tables under other names in what rows are read from. */
export const aliasesIn = (selectable: unknown): readonly TableAlias[] => {
  if (!isObject(selectable)) return []
  const { table, alias } = selectable
  if (selectable['_tag'] === 'TableAlias' && isTable(table) && typeof alias === 'string' && alias !== '') return [{ table, alias }]
  return selectable['_tag'] === 'TableJoin' ? [...aliasesIn(selectable['left']), ...aliasesIn(selectable['right'])] : []
}

/** Tables with those that are queries lowered, and with tables under other names beside them. */
export const deriveTables = (found: ReadonlyMap<string, TableDescriptor>, aliases: readonly TableAlias[]): { readonly tables: ReadonlyMap<string, MappedTable>; readonly errors: readonly MappingError[] } => {
  const tables = new Map<string, MappedTable>([...found].filter(([, { query }]) => query === undefined))
  const known = recordOf(tables)
  const errors: MappingError[] = []
  for (const [name, descriptor] of found) {
    const { query } = descriptor
    if (query === undefined) continue
    const derived = derivedTable(known, descriptor, query)
    if (E.isLeft(derived)) errors.push(unusable(name, derived.left))
    tables.set(name, E.isRight(derived) ? derived.right : descriptor)
  }
  for (const { table, alias } of aliases) {
    const other = tables.get(alias)
    if (other === undefined) tables.set(alias, tableOfAlias(table, alias))
    else if (other.derived?.rows._tag !== 'table' || other.derived.rows.table !== table.name) errors.push(mappingError(
      'argument',
      `The alias '${alias}' of '${table.name}' bears the name of another table or alias.`,
      { tables: [table.name, alias] },
      `Give it a name of its own: tableAlias(${table.name}, '${table.name}_2').`,
    ))
  }
  return { tables, errors }
}

/** Whoever no compiler checked may have given anything for a query: what its lowering stumbles over is malformed. */
const derivedTable = (tables: Mapping['tables'], descriptor: TableDescriptor, query: SelectDescriptor): E.Either<string, MappedTable> => pipe(
  E.tryCatch(() => pipe(
    lowerQuery(tables, query),
    E.bimap(({ message }) => message, (select) => tableOfQuery(tables, descriptor, query, select)),
  ), () => 'it is malformed'),
  E.flatten,
)

const unusable = (name: string, message: string): MappingError => mappingError(
  'argument',
  `The query '${name}' cannot be read from: ${message}.`,
  { tables: [name] },
  `Before there is a registry a query speaks of columns of its tables: subquery('${name}', select({ id: posts.c.id, … })). A table that no entity maps is made known by registry(…, { tables: [posts] }).`,
)

/** The columns of what stands for tables, with the columns that they are. */
export const derivedColumns = (tables: Mapping['tables'], name: string): readonly (readonly [ColumnRef, ColumnRef])[] =>
  Object.entries(tables[name]?.derived?.of ?? {}).map(([column, of]) => [{ table: name, column }, of])

/** The column of a table that a column is, itself where nothing stands for its table. */
export const baseColumn = (tables: Mapping['tables'], ref: ColumnRef): ColumnRef => tables[ref.table]?.derived?.of[ref.column] ?? ref

/** Foreign keys with those that derived tables have, since their columns are those of others: both to them and from them. */
export const withDerivedKeys = (tables: Mapping['tables'], declared: ReadonlyMap<string, readonly ForeignKey[]>): ReadonlyMap<string, readonly ForeignKey[]> => {
  const derived = Object.values(tables).filter((table) => table.derived !== undefined)
  if (derived.length === 0) return declared
  const shown = derived.map(({ name, derived: of }) => ({ name, columns: new Map(Object.entries(of?.of ?? {}).toReversed().map(([field, ref]) => [`${ref.table}.${ref.column}`, { table: name, column: field }])) }))
  const all = new Map<string, ForeignKey[]>(Array.from(declared, ([table, keys]) => [table, [...keys]]))
  const add = (key: ForeignKey): void => { all.set(key.columns[0]?.table ?? '', [...all.get(key.columns[0]?.table ?? '') ?? [], key]) }
  for (const keys of declared.values()) {
    for (const key of keys) {
      const ends = (refs: readonly ColumnRef[]): readonly (readonly ColumnRef[])[] => [refs, ...shown.flatMap(({ columns }) => {
        const there = refs.flatMap((ref) => columns.get(`${ref.table}.${ref.column}`) ?? [])
        return there.length === refs.length ? [there] : []
      })]
      for (const columns of ends(key.columns)) for (const references of ends(key.references)) if (columns !== key.columns || references !== key.references) add({ columns, references })
    }
  }
  return all
}

/** The rows of a query as a table: each of its columns with the type that can be told, and the column whose value it is. */
const tableOfQuery = (tables: Mapping['tables'], descriptor: TableDescriptor, query: SelectDescriptor, select: SelectAst): MappedTable => {
  const of = new Map<string, ColumnRef>()
  const columns = select.columns.map(({ name, expr }): readonly [string, Column<unknown>] => {
    const behind = columnBehind({ tables, entities: {} }, query, name)
    const origin = behind === undefined ? undefined : tables[behind.table]?.columns[behind.column]
    if (behind !== undefined && origin !== undefined) {
      of.set(name, behind)
      return [name, column(origin.type, { autoincrement: false, ...origin.options.nullable === true ? { nullable: true } : {} })]
    }
    const type = typeOf(expr)
    return [name, column(type === undefined ? opaque : asDelivered(type), { nullable: true })]
  })
  return { ...descriptor, columns: recordOf(columns), derived: { rows: { _tag: 'select', select }, of: recordOf(of) } }
}

/** A table under another name. */
const tableOfAlias = (table: TableDescriptor, name: string): MappedTable => ({
  ...table, name,
  derived: { rows: { _tag: 'table', table: table.name }, of: recordOf(Object.keys(table.columns).map((each) => [each, { table: table.name, column: each }])) },
})
