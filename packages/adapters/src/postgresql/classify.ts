// What PostgreSQL and its client libraries say went wrong, by kind: SQLSTATE first, then the codes of libraries and sockets.

import type { DriverError, DriverErrorKind } from '@relata/sql/driver'
import { classified, classifiedByUs, messageOf, textProperty } from '../error/classified.js'

/** The driver error of anything thrown by a PostgreSQL client library or by the adapter. */
export const classifyPostgresql = (thrown: unknown): DriverError => {
  const ours = classifiedByUs(thrown)
  if (ours !== undefined) return ours
  const message = messageOf(thrown)
  const code = textProperty(thrown, 'code')
  const column = textProperty(thrown, 'column') ?? textProperty(thrown, 'column_name')
  return classified(kindOf(code, message), message, {
    code,
    constraint: textProperty(thrown, 'constraint') ?? textProperty(thrown, 'constraint_name'),
    table: textProperty(thrown, 'table') ?? textProperty(thrown, 'table_name'),
    columns: column === undefined ? keyColumns(textProperty(thrown, 'detail')) : [column],
    cause: thrown,
  })
}

function kindOf(code: string | undefined, message: string): DriverErrorKind {
  if (code === undefined) return lostMessages.test(message) ? 'connection lost' : 'other'
  const exact = kinds[code]
  if (exact !== undefined) return exact
  if (code === '57014') return message.includes('timeout') ? 'timeout' : 'cancelled'
  if (!/^[0-9A-Z]{5}$/.test(code)) return lostCodes.test(code) ? 'connection lost' : 'other'
  return classes[code.slice(0, 2)] ?? 'other'
}

const kinds: Readonly<Record<string, DriverErrorKind | undefined>> = {
  '23505': 'unique',
  '23503': 'foreign key',
  '23001': 'foreign key',
  '23502': 'not null',
  '23514': 'check',
  '40001': 'serialization',
  '40P01': 'deadlock',
  '55P03': 'timeout',
  '25P04': 'timeout',
  '25P03': 'connection lost',
  '57P01': 'connection lost',
  '57P02': 'connection lost',
  '57P03': 'connection lost',
  '57P05': 'connection lost',
  '42501': 'permission',
  '25006': 'read only',
  // A protocol violation: the message was refused, the connection goes on.
  '08P01': 'other',
  MAX_PARAMETERS_EXCEEDED: 'value',
  UNDEFINED_VALUE: 'value',
  EPIPE: 'connection lost',
}

// The first two characters of an SQLSTATE.
const classes: Readonly<Record<string, DriverErrorKind | undefined>> = {
  '08': 'connection lost',
  '22': 'value',
  '28': 'permission',
  '42': 'syntax',
}

const lostCodes = /^(CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/
const lostMessages = /connection terminated|not queryable|connection error|connection ended|is closed|already (been )?closed/i

// `Key (a, "b c")=(1, 2) already exists.` The values are not looked at: they may be secret.
function keyColumns(detail: string | undefined): readonly string[] {
  const key = detail === undefined ? null : /^Key \((.*?)\)=\(/s.exec(detail)
  return key?.[1]?.split(', ').map((name) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name)) ?? []
}
