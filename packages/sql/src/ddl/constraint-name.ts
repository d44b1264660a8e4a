// Names that we give to constraints and indexes: made of what they are about, and never longer than the database keeps.

import type { Dialect } from '../dialect/dialect.js'
import { statementName } from '../print/statement-name.js'

/** `fk_orders_customer_id`; a name that would be cut ends in a hash of itself. */
export const constraintName = (dialect: Dialect, kind: 'fk' | 'ix' | 'uq' | 'ck', table: string, columns: readonly string[]): string => {
  const name = [kind, table, ...columns].join('_')
  // At most four bytes a character.
  return name.length * 4 <= dialect.identifier.maxLength || isShortAscii(name, dialect.identifier.maxLength)
    ? name
    : `${kind}_${statementName(name)}`
}

const isShortAscii = (name: string, most: number): boolean => name.length <= most && /^[\x20-\x7e]*$/.test(name)
