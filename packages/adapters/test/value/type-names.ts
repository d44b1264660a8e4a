// Names of column types in each database, as the dialects write them.

import type { DatabaseType, DatabaseTypeKind } from '@relata/sql/driver'

type Names = Readonly<Record<Exclude<DatabaseTypeKind, 'custom'>, string>>

const named = (names: Names, timestamptz: string) => (type: DatabaseType): string =>
  type.kind === 'custom' ? type.name : type.kind === 'timestamp' && type.withTimeZone ? timestamptz : names[type.kind]

export const sqliteTypeName = named({
  integer: 'integer', bigint: 'integer', real: 'real', numeric: 'text', text: 'text', varchar: 'varchar(100)', enumeration: 'varchar(100)',
  boolean: 'boolean', timestamp: 'text', date: 'text', json: 'text', uuid: 'text', bytes: 'blob',
}, 'text')

export const postgresqlTypeName = named({
  integer: 'integer', bigint: 'bigint', real: 'double precision', numeric: 'numeric(15, 2)', text: 'text', varchar: 'varchar(100)', enumeration: 'varchar(100)',
  boolean: 'boolean', timestamp: 'timestamp(6)', date: 'date', json: 'jsonb', uuid: 'uuid', bytes: 'bytea',
}, 'timestamp(6) with time zone')

export const mysqlTypeName = named({
  integer: 'int', bigint: 'bigint', real: 'double', numeric: 'decimal(15, 2)', text: 'longtext', varchar: 'varchar(100)', enumeration: 'varchar(100)',
  boolean: 'tinyint(1)', timestamp: 'datetime(6)', date: 'date', json: 'json', uuid: 'char(36)', bytes: 'longblob',
}, 'datetime(6)')
