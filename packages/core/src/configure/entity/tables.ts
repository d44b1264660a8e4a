// All tables that a registry speaks of, by name, with their foreign keys resolved.

import type { TableDescriptor } from '../../schema/table-descriptor.js'
import type { EntityDescriptor } from '../../mapping/entity-descriptor.js'
import { mappingError, mappingWarning } from '../mapping-error.js'
import type { MappingError, MappingWarning } from '../mapping-error.js'
import type { MappedTable } from '../mapping.js'
import { aliasesIn, deriveTables, withDerivedKeys } from './derive-table.js'
import type { ForeignKey } from './layout.js'
import { isObject } from '../is-object.js'
import { isTable } from './read-registry.js'
import { lookUp, recordOf } from '../record.js'
import { didYouMean } from '../suggest.js'

export interface Tables {
  readonly tables: Readonly<Record<string, MappedTable>>
  readonly foreignKeys: ReadonlyMap<string, readonly ForeignKey[]>
  readonly errors: readonly MappingError[]
  readonly warnings: readonly MappingWarning[]
}

/** The tables of entities, those that a registry lists beside them, and those that relationships are read from. */
export const collectTables = (entities: readonly (readonly [string, EntityDescriptor])[], others: readonly TableDescriptor[]): Tables => {
  const found = new Map<string, TableDescriptor>()
  const errors: MappingError[] = []
  const add = (table: TableDescriptor): void => {
    const known = found.get(table.name)
    if (known === undefined) found.set(table.name, table)
    else if (known !== table && !sameTable(known, table)) errors.push(twice(table.name))
  }
  for (const [, entity] of entities) add(entity.table)
  for (const [, entity] of entities) tablesIn(entity.join).forEach(add)
  for (const table of others) add(table)
  const sources = entities.flatMap(([, entity]) => Object.values(entity.relationships).map(sourcesGiven))
  for (const { secondary, target } of sources) [...tablesIn(secondary), ...tablesIn(target)].forEach(add)
  const derived = deriveTables(found, sources.flatMap(({ target }) => aliasesIn(target)))
  const tables = recordOf(derived.tables)
  const keys = [...found.values()].map((table) => foreignKeysOf(tables, table))
  const declared = new Map([...found.keys()].map((name, index) => [name, keys[index]?.keys ?? []]))
  return {
    tables,
    foreignKeys: withDerivedKeys(tables, declared),
    errors: [...errors, ...derived.errors, ...keys.flatMap((each) => each.errors)],
    warnings: keys.flatMap((each) => each.warnings),
  }
}

const twice = (name: string): MappingError => mappingError(
  'argument',
  `There are two different tables called '${name}'.`,
  { tables: [name] },
  'Declare a table once and use that constant everywhere; give one of two different tables, aliases or queries another name.',
)

const sourcesGiven = (relationship: unknown): { readonly secondary?: unknown; readonly target?: unknown } => {
  if (!isObject(relationship)) return {}
  const { target, options } = relationship
  return { ...isObject(options) ? { secondary: options['secondary'] } : {}, ...isObject(target) && target['_tag'] === 'EntityAlias' ? { target: target['source'] } : {} }
}

/** The tables in what rows are read from: itself, the one it is an alias of, those of a join. */
const tablesIn = (selectable: unknown): readonly TableDescriptor[] => {
  if (!isObject(selectable)) return []
  switch (selectable['_tag']) {
    case 'Table': return isTable(selectable) ? [selectable] : []
    case 'TableAlias': return tablesIn(selectable['table'])
    case 'TableJoin': return [...tablesIn(selectable['left']), ...tablesIn(selectable['right'])]
    default: return []
  }
}

const foreignKeysOf = (tables: Readonly<Record<string, TableDescriptor>>, table: TableDescriptor): { readonly keys: readonly ForeignKey[]; readonly errors: readonly MappingError[]; readonly warnings: readonly MappingWarning[] } => {
  const keys: ForeignKey[] = []
  const errors: MappingError[] = []
  const warnings: MappingWarning[] = []
  for (const key of table.foreignKeys) {
    const target = lookUp(tables, key.table)
    const columns = key.columns.map((column) => ({ table: table.name, column }))
    const detail = { tables: [table.name, key.table], columns: key.columns.map((column) => `${table.name}.${column}`) }
    if (target === undefined) {
      // A key to a table that nobody maps does not hinder the rest.
      warnings.push(mappingWarning(
        'other',
        `${detail.columns.join(', ')} refer${key.columns.length === 1 ? 's' : ''} to the table '${key.table}', which this registry does not have.`,
        detail,
        `If a relationship should follow this key, map '${key.table}' with an entity. ${didYouMean(key.table, Object.keys(tables))}`,
      ))
      continue
    }
    const missing = key.references.filter((column) => !Object.hasOwn(target.columns, column))
    for (const column of missing) errors.push(mappingError(
      'argument',
      `${detail.columns.join(', ')} refer${key.columns.length === 1 ? 's' : ''} to ${key.table}.${column}, but '${key.table}' has no column of that name.`,
      detail,
      `Write references: '${key.table}.<column>' with the column's property name. ${didYouMean(column, Object.keys(target.columns))}`,
    ))
    if (missing.length === 0) keys.push({ columns, references: key.references.map((column) => ({ table: key.table, column })) })
  }
  return { keys, errors, warnings }
}

/** Two descriptions of one table, as two calls of the same function give them. */
const sameTable = (a: TableDescriptor, b: TableDescriptor): boolean =>
  a.schema === b.schema && a.query === b.query
  && Object.keys(a.columns).join('\u0000') === Object.keys(b.columns).join('\u0000')
  && a.primaryKey.join('\u0000') === b.primaryKey.join('\u0000')
  && JSON.stringify(a.foreignKeys) === JSON.stringify(b.foreignKeys)
