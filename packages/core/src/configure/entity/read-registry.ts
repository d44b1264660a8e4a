// The first look at a registry: is everything of the shape that the later passes rely on?

import type { EntityDescriptor } from '../../mapping/entity-descriptor.js'
import type { RegistryDescriptor } from '../../mapping/registry-descriptor.js'
import type { TableDescriptor } from '../../schema/table-descriptor.js'
import { isNames, isObject } from '../is-object.js'
import { mappingError } from '../mapping-error.js'
import type { MappingError } from '../mapping-error.js'
import { didYouMean } from '../suggest.js'
import { entityOptionFaults } from './entity-options.js'

export interface ReadRegistry {
  /** By name, in the order of declaration. */
  readonly entities: readonly (readonly [string, EntityDescriptor])[]
  readonly broken: ReadonlySet<string>
  readonly errors: readonly MappingError[]
}

/** Names that objects have a meaning for already: an attribute of such a name would break promises, printing or prototypes. */
export const reservedNames: ReadonlySet<string> = new Set(['then', 'toJSON', 'constructor', '__proto__'])

/** Separates the entities that can be worked with from those that cannot, with an error for each of the latter. */
export const readRegistry = (registry: RegistryDescriptor): ReadRegistry => {
  const descriptors: unknown = isObject(registry) ? registry.descriptors : undefined
  if (!isObject(descriptors)) {
    return { entities: [], broken: new Set(), errors: [mappingError(
      'argument',
      'This is not a registry: it has no entities by name.',
      {},
      'Build it with registry({ User: entity(users), … }).',
    )] }
  }
  const entities: (readonly [string, EntityDescriptor])[] = []
  const broken = new Set<string>()
  const errors: MappingError[] = []
  for (const [name, descriptor] of Object.entries(descriptors)) {
    const found = entityErrors(name, descriptor)
    // What `entityErrors` finds no fault with has the shape of an entity.
    if (found.length === 0) entities.push([name, descriptor as EntityDescriptor])
    else { broken.add(name); errors.push(...found) }
  }
  return { entities, broken, errors }
}

/** What is wrong with a table, as sentences. */
export const tableFaults = (table: unknown): readonly string[] => {
  if (!isObject(table) || table['_tag'] !== 'Table' || typeof table['name'] !== 'string' || table['name'] === '') return ['it is not a table with a name']
  const columns = table['columns']
  if (!isObject(columns)) return ['its columns are not a record by name']
  const faults: string[] = []
  for (const [property, column] of Object.entries(columns)) {
    const type = isObject(column) ? column['type'] : undefined
    const database = isObject(type) ? type['database'] : undefined
    if (!isObject(column) || !isObject(column['options']) || !isObject(database) || typeof database['kind'] !== 'string') faults.push(`'${property}' is not a column`)
  }
  if (!isNames(table['primaryKey'])) faults.push('its primary key is not a list of column names')
  else for (const key of table['primaryKey']) if (!Object.hasOwn(columns, key)) faults.push(`its primary key names '${key}', which is not a column of it`)
  for (const list of ['uniques', 'checks', 'indexes']) if (!Array.isArray(table[list])) faults.push(`its ${list} are not a list`)
  if (!Array.isArray(table['foreignKeys'])) faults.push('its foreign keys are not a list')
  else for (const key of table['foreignKeys']) faults.push(...foreignKeyFaults(columns, key))
  return faults
}

export const isTable = (table: unknown): table is TableDescriptor => tableFaults(table).length === 0

const foreignKeyFaults = (columns: Readonly<Record<string, unknown>>, key: unknown): readonly string[] => {
  if (!isObject(key) || typeof key['table'] !== 'string' || !isNames(key['columns']) || !isNames(key['references'])) return ['a foreign key is not of columns to columns of a table']
  if (key['columns'].length !== key['references'].length || key['columns'].length === 0) return [`the foreign key to '${key['table']}' has ${key['columns'].length} columns for ${key['references'].length}`]
  return key['columns'].filter((column) => !Object.hasOwn(columns, column)).map((column) => `the foreign key to '${String(key['table'])}' names '${column}', which is not a column of it. ${didYouMean(column, Object.keys(columns))}`)
}

export const reservedName = (entity: string, attribute: string): MappingError =>
  mappingError(
    'argument',
    `${entity} has an attribute called '${attribute}', a name that every object in JavaScript has a use for.`,
    { entity, attribute },
    `Call it something else; for a column, write { attributes: { other: '${attribute}' } }.`,
  )

const entityErrors = (name: string, descriptor: unknown): readonly MappingError[] => {
  const fault = (message: string, hint: string): MappingError => mappingError('argument', message, { entity: name }, hint)
  if (!isObject(descriptor)) return [fault(`${name} is not an entity.`, `Write ${name}: entity(table, { … }).`)]
  const { table, relationships, options } = descriptor
  const faults = tableFaults(table).map((each) => fault(
    `The table of ${name} cannot be used: ${each}.`,
    'Build tables with table(\'name\', { id: column(integer, { primaryKey: true }), … }).',
  ))
  if (faults.length > 0) return faults
  // `tableFaults` has found that it is one.
  const descriptorTable = table as TableDescriptor
  if (!isObject(relationships)) return [fault(
    `The relationships of ${name} are not a record by name.`,
    `Write ${name}: entity(${descriptorTable.name}, { other: relationship('Other') }).`,
  )]
  if (!isObject(options)) return [fault(
    `The options of ${name} are not a record.`,
    `Leave them out, or write entity(${descriptorTable.name}, { … }, { inherits: 'Base' }).`,
  )]
  const optionFaults = entityOptionFaults(options)
  if (optionFaults.length > 0) return optionFaults.map(({ message, hint }) => fault(`${name}: ${message}`, hint))
  return Object.keys(relationships).filter((each) => reservedNames.has(each)).map((each) => reservedName(name, each))
}
