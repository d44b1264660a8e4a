// A column that may not be null and was: the database names table and column, the error of the flush names entity and attribute.

import { databaseName, type Mapping, type TableDescriptor } from '@relata/core'
import { RelataError } from '../relata-error.js'

/** What a flush failed with, in the words of the mapping where it is a violated NOT NULL of a mapped column. */
export const nameViolation = (mapping: Mapping, thrown: unknown): unknown => {
  if (!(thrown instanceof RelataError) || thrown.error._tag !== 'DatabaseFailed' || thrown.error.driver.kind !== 'not null') return thrown
  const { table, columns: [name] = [] } = thrown.error.driver
  if (name === undefined) return thrown
  const meant = Object.values(mapping.entities).flatMap((entity) => entity.attributes
    .filter((attribute) => isColumn(mapping.tables[attribute.table], attribute.column, table, name))
    .map((attribute) => ({ entity: entity.name, attribute: attribute.name })))
  const [first] = meant
  // A database that does not name the table leaves it open which of several is meant.
  if (first === undefined || (table === undefined && meant.length > 1)) return thrown
  return new RelataError({
    ...thrown.error, message: `${first.entity}.${first.attribute} may not be null: ${thrown.error.message}`,
    hint: 'give it a value, or make its column nullable', detail: { ...thrown.error.detail, ...first },
  })
}

const isColumn = (descriptor: TableDescriptor | undefined, column: string, table: string | undefined, name: string): boolean =>
  descriptor !== undefined && (table === undefined || descriptor.name === table) && databaseName(descriptor, column) === name
