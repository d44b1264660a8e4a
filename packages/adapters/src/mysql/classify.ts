// What MySQL, MariaDB and mysql2 say went wrong, by kind.

import type { DriverError, DriverErrorKind } from '@relata/sql/driver'
import { classified, classifiedByUs, messageOf, textProperty } from '../error/classified.js'
import type { ErrorFacts } from '../error/classified.js'

/** The driver error of anything thrown by mysql2 or by the adapter. */
export const classifyMysql = (thrown: unknown): DriverError => {
  const ours = classifiedByUs(thrown)
  if (ours !== undefined) return ours
  const message = messageOf(thrown)
  const code = textProperty(thrown, 'code')
  // MariaDB checks a JSON column by a constraint named like the column.
  const kind = ownJsonCheck.test(message) ? 'value' : kindOf(thrown, code, message)
  return classified(kind, message, { code, cause: thrown, ...factsOf(kind, message) })
}

/** The number by which the server knows an error. */
export const errorNumber = (thrown: unknown): number | undefined => {
  if (typeof thrown !== 'object' || thrown === null) return undefined
  const number: unknown = Reflect.get(thrown, 'errno')
  return typeof number === 'number' ? number : undefined
}

function kindOf(thrown: unknown, code: string | undefined, message: string): DriverErrorKind {
  const exact = kinds[errorNumber(thrown) ?? 0]
  if (exact !== undefined) return exact
  if (code !== undefined && lostCodes.test(code)) return 'connection lost'
  const state = textProperty(thrown, 'sqlState') ?? ''
  if (state !== '' && state !== 'HY000') return classes[state.slice(0, 2)] ?? 'other'
  if ((typeof thrown === 'object' && thrown !== null && Reflect.get(thrown, 'fatal') === true) || lostMessages.test(message)) return 'connection lost'
  return thrown instanceof TypeError && message.includes('parameter') ? 'value' : 'other'
}

const kinds: Readonly<Record<number, DriverErrorKind | undefined>> = {
  1022: 'unique', 1062: 'unique', 1586: 'unique', 1859: 'unique',
  1216: 'foreign key', 1217: 'foreign key', 1451: 'foreign key', 1452: 'foreign key', 1761: 'foreign key', 1762: 'foreign key',
  1048: 'not null', 1364: 'not null',
  3819: 'check', 4025: 'check',
  1213: 'deadlock',
  // MariaDB with innodb_snapshot_isolation: the row was changed by another transaction since.
  1020: 'serialization',
  1205: 'timeout', 1969: 'timeout', 3024: 'timeout',
  1317: 'cancelled',
  // No such database: not a fault of the text, and as PostgreSQL's 3D000.
  1049: 'other',
  1290: 'read only', 1792: 'read only', 1836: 'read only',
  1044: 'permission', 1045: 'permission', 1142: 'permission', 1143: 'permission', 1227: 'permission', 1370: 'permission', 1698: 'permission',
  1153: 'value', 1264: 'value', 1265: 'value', 1292: 'value', 1366: 'value', 1390: 'value', 1406: 'value', 1690: 'value',
  1053: 'connection lost', 1152: 'connection lost', 1184: 'connection lost', 1927: 'connection lost', 2006: 'connection lost', 2013: 'connection lost', 4031: 'connection lost',
}

// The first two characters of an SQLSTATE.
const classes: Readonly<Record<string, DriverErrorKind | undefined>> = { '08': 'connection lost', '22': 'value', '28': 'permission', '40': 'serialization', '42': 'syntax' }

const ownJsonCheck = /^CONSTRAINT `(.+)\.[^`]+` failed for `[^`]*`\.`\1`/
const lostCodes = /^(PROTOCOL_|ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/
const lostMessages = /closed state|connection lost|is closed/i

function factsOf(kind: DriverErrorKind, message: string): ErrorFacts {
  switch (kind) {
    case 'unique': {
      // `Duplicate entry 'x' for key 'users.name'`; MariaDB says the key alone. The value is not looked at.
      const key = /for key '([^']*)'$/.exec(message)?.[1]?.split('.')
      return { constraint: key?.at(-1), table: key !== undefined && key.length > 1 ? key[0] : undefined }
    }
    case 'foreign key': {
      const match = /\(`[^`]*`\.`([^`]*)`, CONSTRAINT `([^`]*)` FOREIGN KEY \(([^)]*)\)/.exec(message)
      return { table: match?.[1], constraint: match?.[2], columns: match?.[3]?.split(', ').map((name) => name.replaceAll('`', '')) }
    }
    case 'not null': {
      const column = /^(?:Column|Field) '([^']*)'/.exec(message)?.[1]
      return { columns: column === undefined ? [] : [column] }
    }
    case 'check':
      return {
        constraint: /^(?:CONSTRAINT `([^`]*)`|Check constraint '([^']*)')/.exec(message)?.slice(1).find((name) => name !== undefined),
        table: /for `[^`]*`\.`([^`]*)`/.exec(message)?.[1],
      }
    default:
      return {}
  }
}
