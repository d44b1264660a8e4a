// Everything about entities, tables and inheritance that relationships are resolved against.

import * as E from 'fp-ts/lib/Either.js'
import type { RegistryDescriptor } from '../../mapping/registry-descriptor.js'
import type { ColumnRef, MappedInheritance } from '../mapping.js'
import { columnKey } from '../column-ref.js'
import { mappingError } from '../mapping-error.js'
import type { MappingError, MappingWarning } from '../mapping-error.js'
import { recordOf } from '../record.js'
import { didYouMean } from '../suggest.js'
import { layAttributes } from './attributes.js'
import { findInheritPairs } from './inherit-pairs.js'
import { readJoinedTables, sameColumnsOf } from './joined-tables.js'
import type { JoinedTables } from './joined-tables.js'
import { descendantsOf } from './layout.js'
import type { EntityLayout, Layout } from './layout.js'
import { traceLineage } from './lineage.js'
import type { Descent } from './lineage.js'
import { isTable, readRegistry } from './read-registry.js'
import { discriminatorOf, versionOf } from './special-columns.js'
import { laySynonyms } from './synonyms.js'
import { collectTables } from './tables.js'
import type { Tables } from './tables.js'

export interface LaidOut {
  readonly layout: Layout
  readonly errors: readonly MappingError[]
  readonly warnings: readonly MappingWarning[]
}

/** Lays out what a registry describes; entities with errors are left out and named in `broken`. */
export const layOut = (registry: RegistryDescriptor): LaidOut => {
  const read = readRegistry(registry)
  const listed: unknown = read.entities.length === 0 ? undefined : registry.tables
  const tables = collectTables(read.entities, Array.isArray(listed) ? listed.filter(isTable) : [])
  const described = read.entities.map(([name, descriptor]) => [name, { ...descriptor, table: tables.tables[descriptor.table.name] ?? descriptor.table }] as const)
  const lineage = traceLineage(described, read.broken)
  const errors = [...read.errors, ...tables.errors, ...lineage.errors]
  const broken = new Set(lineage.broken)
  const known = new Map(described)
  const entities = new Map<string, EntityLayout>()
  for (const descent of lineage.descents) {
    const parent = descent.parent === undefined ? undefined : entities.get(descent.parent)
    if (descent.parent !== undefined && parent === undefined) { broken.add(descent.name); continue }
    const laid = layEntity(descent, parent, tables)
    const { withPolymorphic = [] } = descent.descriptor.options
    const strangers = withPolymorphic === '*' ? [] : withPolymorphic.filter((name) => !known.has(name))
    if (strangers.length > 0) errors.push(mappingError(
      'argument',
      `{ withPolymorphic } of ${descent.name} names ${strangers.map((name) => `'${name}'`).join(', ')}, which this registry does not have.`,
      { entity: descent.name, others: strangers },
      `Name entities that inherit from ${descent.name}, or write '*' for all of them. ${didYouMean(strangers[0] ?? '', [...known.keys()])}`,
    ))
    if (laid.errors.length === 0) entities.set(descent.name, laid.entity)
    else { broken.add(descent.name); errors.push(...laid.errors) }
  }
  const completed = [...entities.values()].map((entity) => ({ ...entity, inheritance: withDescendants(entity, entities, lineage.children) }))
  const inOrder = completed.toSorted((a, b) => a.order - b.order)
  return {
    layout: {
      tables: tables.tables, foreignKeys: tables.foreignKeys, broken, children: lineage.children,
      entities: recordOf(inOrder.map((entity) => [entity.name, entity])),
      equivalents: equivalentsOf(inOrder),
    },
    errors, warnings: tables.warnings,
  }
}

const layEntity = (descent: Descent, parent: EntityLayout | undefined, { tables, foreignKeys }: Tables): { readonly entity: EntityLayout; readonly errors: readonly MappingError[] } => {
  const { name, descriptor, order, kind } = descent
  const { options } = descriptor
  const own = descriptor.table.name
  const above = kind === 'concrete' ? undefined : parent
  const joining = readJoinedTables(name, descriptor, { tables, entities: recordOf<EntityLayout>([]) })
  const joined = E.isRight(joining) ? joining.right : undefined
  const laid = layAttributes(name, descriptor, above?.attributes ?? [], joined === undefined ? [descriptor.table] : joined.tables.flatMap((table) => tables[table] ?? []), joined === undefined ? undefined : sameColumnsOf(joined))
  const attribute = recordOf(laid.attributes.map((each) => [each.name, each]))
  const attributeOfColumn = new Map(laid.attributes.flatMap((each) => [each, ...each.also].map((ref) => [columnKey(ref), each.name])))
  const tableNames = joined !== undefined ? joined.tables : above === undefined ? [own] : kind === 'single' ? above.tables : [...above.tables, own]
  const inherited = kind === 'joined' && parent !== undefined
    ? findInheritPairs(name, own, parent.table, parent.tableSet, options.inheritCondition, foreignKeys)
    : { pairs: joined?.pairs ?? [], errors: E.isLeft(joining) ? joining.left : [] }
  const ownKeyColumns = distinctKey(tables, joined?.tables ?? [own], joined?.pairs ?? [])
  const primaryKeyColumns = above?.primaryKeyColumns ?? ownKeyColumns
  const primaryKey = primaryKeyColumns.map((ref) => attributeOfColumn.get(columnKey(ref)))
  const errors = [...laid.errors, ...inherited.errors]
  if (options.primaryKey !== undefined && descriptor.table.query === undefined) errors.push(mappingError(
    'argument',
    `{ primaryKey } of ${name} is for entities that are read from a query, and '${own}' is a table with a key of its own.`,
    { entity: name, tables: [own] },
    'Remove primaryKey, and mark the columns: id: column(integer, { primaryKey: true }).',
  ))
  if (primaryKeyColumns.length === 0) errors.push(mappingError(
    'argument',
    `'${own}', the table of ${name}, has no primary key: objects of ${name} could not be told apart.`,
    { entity: name, tables: [own] },
    'Mark a column: id: column(integer, { primaryKey: true }).',
  ))
  else if (primaryKey.includes(undefined)) errors.push(mappingError(
    'argument',
    `${name} leaves out a column of its primary key.`,
    { entity: name, tables: [own] },
    'Take the key out of { exclude }, or put it into { include }.',
  ))
  const version = versionOf(name, options, above, attribute)
  const polymorphicOn = discriminatorOf(name, options, above, attribute)
  const synonyms = laySynonyms(name, descriptor, attribute, above?.synonyms ?? {})
  errors.push(...version.errors, ...polymorphicOn.errors, ...synonyms.errors)
  const identity = options.identity
  const inheritance: MappedInheritance = {
    root: above?.inheritance.root ?? name,
    line: [...above?.inheritance.line ?? [], name],
    descendants: [], kind,
    ...polymorphicOn.attribute === undefined ? {} : { polymorphicOn: polymorphicOn.attribute },
    ...identity === undefined ? {} : { identity },
    withPolymorphic: options.withPolymorphic === '*' ? ['*'] : [...options.withPolymorphic ?? []],
    inheritPairs: inherited.pairs,
  }
  const entity: EntityLayout = {
    name, order, table: own, tables: tableNames, tableSet: new Set(tableNames),
    ...joined === undefined ? {} : { source: joined.source },
    attributes: laid.attributes, attribute, synonyms: synonyms.synonyms,
    primaryKey: primaryKey.filter((each) => each !== undefined), primaryKeyColumns,
    ...version.version === undefined ? {} : { version: version.version },
    confirmDeletedRows: options.confirmDeletedRows ?? above?.confirmDeletedRows ?? true,
    passiveUpdates: options.passiveUpdates ?? above?.passiveUpdates ?? true,
    inheritance, family: parent?.family ?? name,
    ancestors: parent === undefined ? [] : [parent.name, ...parent.ancestors],
    relationships: descriptor.relationships,
  }
  return { entity, errors }
}

/** The keys of all tables, of columns that a join equates the earlier. */
const distinctKey = (tables: Tables['tables'], names: readonly string[], pairs: JoinedTables['pairs']): readonly ColumnRef[] => {
  const later = new Set(pairs.map(([column]) => columnKey(column)))
  return names.flatMap((table) => (tables[table]?.primaryKey ?? []).map((column) => ({ table, column }))).filter((column) => !later.has(columnKey(column)))
}

/** Concrete entities below have tables and identities of their own: no query of this one meets them. */
const withDescendants = (entity: EntityLayout, entities: ReadonlyMap<string, EntityLayout>, children: Layout['children']): MappedInheritance => {
  const { root } = entity.inheritance
  const descendants = descendantsOf(children, entity.name).filter((name) => entities.get(name)?.inheritance.root === root)
  const withPolymorphic = entity.inheritance.withPolymorphic.includes('*') ? descendants : entity.inheritance.withPolymorphic
  return { ...entity.inheritance, descendants, withPolymorphic }
}

/** Groups of columns that inherit conditions equate, however many tables apart. */
const equivalentsOf = (entities: readonly EntityLayout[]): Layout['equivalents'] => {
  const groups = new Map<string, Set<string>>()
  for (const { inheritance } of entities) {
    for (const pair of inheritance.inheritPairs) {
      const [a, b] = [columnKey(pair[0]), columnKey(pair[1])]
      const [small, large] = [groups.get(a) ?? new Set([a]), groups.get(b) ?? new Set([b])].toSorted((left, right) => left.size - right.size)
      if (small === undefined || large === undefined) continue
      for (const key of small) large.add(key)
      for (const key of small) groups.set(key, large)
      for (const key of [a, b]) groups.set(key, large)
    }
  }
  return groups
}
