// A constraint that a flush violated: the database names tables and columns, the error of the flush names entities and attributes,
// and says what to do. Not every database says which constraint it was; the step that failed then says what it can be.

import { databaseName, type FlushStep, type MappedEntity, type Mapping, type TableDescriptor } from '@relata/core'
import type { DriverError } from '@relata/sql/driver'
import { RelataError } from '../relata-error.js'

interface Words { readonly message: string; readonly hint: string; readonly detail?: Readonly<Record<string, unknown>> }

/** What a flush failed with, in the words of the mapping where it is a violated constraint of a mapped table. */
export const nameViolation = (mapping: Mapping, thrown: unknown, step: FlushStep | undefined): unknown => {
  if (!(thrown instanceof RelataError) || thrown.error._tag !== 'DatabaseFailed') return thrown
  const { driver } = thrown.error
  const words = driver.kind === 'not null' ? ofNull(mapping, driver) : step === undefined ? undefined
    : driver.kind === 'unique' ? ofUnique(mapping, driver, step)
      : driver.kind === 'foreign key' ? ofForeignKey(mapping, step) : undefined
  if (words === undefined) return thrown
  return new RelataError({ ...thrown.error, message: `${words.message}: ${thrown.error.message}`, hint: words.hint, detail: { ...thrown.error.detail, ...words.detail } })
}

const ofNull = (mapping: Mapping, { table, columns: [name] = [] }: DriverError): Words | undefined => {
  if (name === undefined) return undefined
  const meant = attributesNamed(mapping, Object.values(mapping.entities), table, [name])
  const [first] = meant
  // A database that does not name the table leaves it open which of several is meant.
  if (first === undefined || (table === undefined && meant.length > 1)) return undefined
  return { message: `${first.entity}.${first.attribute} may not be null`, hint: 'give it a value, or make its column nullable', detail: first }
}

const ofUnique = (mapping: Mapping, { table, columns = [] }: DriverError, step: FlushStep): Words | undefined => {
  const owners = entitiesOf(mapping, step.table)
  const [owner] = owners
  if (owner === undefined) return undefined
  const named = attributesNamed(mapping, [owner], table ?? mapping.tables[step.table]?.name, columns).map(({ attribute }) => attribute)
  const what = named.length === 0 ? 'a value that must be unique' : named.join(' and ')
  return {
    message: `another ${owner.name} has ${what} already`, hint: `give it another, or load the ${owner.name} that is there and change it`,
    detail: { entity: owner.name, ...(named.length === 0 ? {} : { attributes: named }) },
  }
}

const ofForeignKey = (mapping: Mapping, step: FlushStep): Words | undefined => {
  const own = mapping.tables[step.table]
  if (own === undefined) return undefined
  const name = entitiesOf(mapping, step.table)[0]?.name ?? own.name
  const written = step._tag === 'insert' ? step.columns : step._tag === 'update' ? step.set : []
  const keys = own.foreignKeys.filter(({ columns }) => columns.some((column) => written.some((each) => each.column === column)))
  if (keys.length > 0) return { message: `${name} refers to a row that is not there`, hint: `look at ${keys.map(({ columns, table }) => `${columns.join(' and ')} of ${table}`).join(', ')}`, detail: { table: own.name } }
  if (step._tag === 'insert') return undefined
  // It was deleted, or its key was changed.
  const referring = Object.values(mapping.tables).flatMap(({ name: other, foreignKeys }) => foreignKeys.filter(({ table }) => table === step.table).map(({ columns }) => `${other} by ${columns.join(' and ')}`))
  return referring.length === 0 ? undefined : {
    message: `a ${name} is still referred to`, hint: `it may be from ${referring.join(', ')}: change those first, or give ${name} a relationship to them, whose flush takes the key back or (cascade: 'all, delete-orphan') deletes them`,
    detail: { table: own.name },
  }
}

const entitiesOf = (mapping: Mapping, table: string): readonly MappedEntity[] => Object.values(mapping.entities).filter(({ tables }) => tables.includes(table))

/** The attributes that hold columns which the database names; without a table, those of any. */
const attributesNamed = (mapping: Mapping, entities: readonly MappedEntity[], table: string | undefined, columns: readonly string[]): readonly { readonly entity: string; readonly attribute: string }[] =>
  entities.flatMap((entity) => entity.attributes
    .filter((attribute) => columns.some((name) => isColumn(mapping.tables[attribute.table], attribute.column, table, name)))
    .map((attribute) => ({ entity: entity.name, attribute: attribute.name })))

const isColumn = (descriptor: TableDescriptor | undefined, column: string, table: string | undefined, name: string): boolean =>
  descriptor !== undefined && (table === undefined || descriptor.name === table) && databaseName(descriptor, column) === name
