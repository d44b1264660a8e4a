// MySQL 8.0.31 and later, and what speaks its protocol.

import type { Dialect } from './dialect.js'
import type { TypePatterns } from './type-name.js'

const types: TypePatterns = {
  integer: 'int', bigint: 'bigint', real: 'double', numeric: 'decimal(#)', decimal: 'decimal(65, 30)',
  text: 'longtext', varchar: 'varchar(#)', enumeration: 'varchar(#)', boolean: 'tinyint(1)',
  timestamp: 'datetime(3)', timestamptz: 'datetime(3)', date: 'date',
  json: 'json', uuid: 'char(36)', bytes: 'longblob', custom: '#',
}

// An index holds no more than 3072 bytes, and only a prefix of a longtext.
const keyTypes: TypePatterns = { ...types, text: 'varchar(255)', bytes: 'varbinary(255)' }

const castTypes: TypePatterns = {
  ...types,
  integer: 'signed', bigint: 'signed', text: 'char', varchar: 'char(#)', enumeration: 'char(#)', boolean: 'unsigned', uuid: 'char(36)', bytes: 'binary',
}

export const mysql: Dialect = {
  name: 'mysql',
  identifier: {
    quote: '`', maxLength: 64, measuredIn: 'characters',
    forbidden: [
      { pattern: /[ \t\n\v\f\r]$/, what: 'ends in a space' },
      { pattern: /[\u{10000}-\u{10FFFF}]/u, what: 'contains a character beyond U+FFFF' },
    ],
  },
  parameter: { form: 'question mark', max: 65_535, arrays: false },
  supports: {
    returning: { insert: false, update: false, delete: false },
    fullJoin: false, lateral: true, nullsOrdering: false, nullsGreatest: false, windowFunctions: true, limitInMembership: false,
    defaultInUpdate: true, deleteAlias: true, readsWrittenTable: false, deferrable: false, setDefaultAction: false, addConstraint: true,
  },
  expression: {
    concat: 'function',
    nullSafe: { same: '<=>' },
    tupleIn: 'list',
    functions: { length: 'char_length' },
    castTypes,
    comparesAs: {},
    likeEscape: '',
  },
  select: { limitWithoutEnd: '18446744073709551615', lock: { update: 'for update', share: 'for share', of: true } },
  write: {
    insertRows: 'values',
    countedKeys: false,
    insertNothing: 'empty rows',
    updateRows: 'case',
    deleteRows: 'membership',
    upsert: 'row alias',
    assignsInOrder: true,
    maxRows: { insert: 500, update: 100, delete: 512 },
  },
  ddl: {
    types,
    keyTypes,
    autoincrement: 'auto_increment',
    inlinePrimaryKey: false,
    // Names that differ in case or accent are different names, as they are elsewhere.
    tableOptions: 'engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin',
    schemaInReferences: true,
    dropInCycle: '',
    aroundCycle: { before: ['set foreign_key_checks = 0'], after: ['set foreign_key_checks = 1'] },
    backslash: 'char function',
  },
}
