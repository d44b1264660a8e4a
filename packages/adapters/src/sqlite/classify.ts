// What better-sqlite3 throws, by kind.

import type { DriverError, DriverErrorKind } from '@relata/sql/driver'
import { classified, classifiedByUs, messageOf, textProperty } from '../error/classified.js'
import type { ErrorFacts } from '../error/classified.js'

/** The driver error of anything thrown by better-sqlite3 or by the adapter. */
export const classifySqlite = (thrown: unknown): DriverError => {
  const ours = classifiedByUs(thrown)
  if (ours !== undefined) return ours
  const message = messageOf(thrown)
  const code = textProperty(thrown, 'code')
  if (code === undefined) return classified(kindOfMessage(thrown, message), message, { cause: thrown })
  return classified(message === 'too many SQL variables' ? 'value' : kindOfCode(code), message, { code, cause: thrown, ...(code.startsWith('SQLITE_CONSTRAINT') ? constraintFacts(message) : {}) })
}

function kindOfCode(code: string): DriverErrorKind {
  switch (code) {
    case 'SQLITE_CONSTRAINT_UNIQUE':
    case 'SQLITE_CONSTRAINT_PRIMARYKEY':
    case 'SQLITE_CONSTRAINT_ROWID':
      return 'unique'
    case 'SQLITE_CONSTRAINT_FOREIGNKEY':
      return 'foreign key'
    case 'SQLITE_CONSTRAINT_NOTNULL':
      return 'not null'
    case 'SQLITE_CONSTRAINT_CHECK':
      return 'check'
    case 'SQLITE_CONSTRAINT_DATATYPE':
    case 'SQLITE_MISMATCH':
    case 'SQLITE_TOOBIG':
    case 'SQLITE_RANGE':
      return 'value'
    case 'SQLITE_BUSY_SNAPSHOT':
      return 'serialization'
    case 'SQLITE_ERROR':
      return 'syntax'
    default:
      return kindOfFamily(code)
  }
}

function kindOfFamily(code: string): DriverErrorKind {
  if (code.startsWith('SQLITE_BUSY')) return 'timeout'
  if (code.startsWith('SQLITE_LOCKED')) return 'deadlock'
  if (code.startsWith('SQLITE_READONLY')) return 'read only'
  if (code.startsWith('SQLITE_AUTH') || code.startsWith('SQLITE_PERM')) return 'permission'
  if (code.startsWith('SQLITE_INTERRUPT')) return 'cancelled'
  return 'other'
}

// The library's own refusals have no code.
function kindOfMessage(thrown: unknown, message: string): DriverErrorKind {
  if (message === 'The database connection is not open') return 'closed'
  if (thrown instanceof RangeError) return message.includes('more than one statement') || message.includes('no statements') ? 'syntax' : 'value'
  return thrown instanceof TypeError && message.includes('bind') ? 'value' : 'other'
}

// `UNIQUE constraint failed: users.name, users.nick`, `UNIQUE constraint failed: index 'ix'`, `CHECK constraint failed: positive`
function constraintFacts(message: string): ErrorFacts {
  const failed = message.slice(message.indexOf(': ') + 2)
  if (!message.includes(': ')) return {}
  if (message.startsWith('CHECK')) return { constraint: failed }
  const index = /^index '(.*)'$/s.exec(failed)
  if (index !== null) return { constraint: index[1] }
  const places = failed.split(', ').map((place) => place.split('.'))
  return { table: places[0]?.[0], columns: places.flatMap(([, ...column]) => (column.length > 0 ? [column.join('.')] : [])) }
}
