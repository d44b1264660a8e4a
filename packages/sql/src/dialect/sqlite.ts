// SQLite 3.39 and later.

import type { Dialect } from './dialect.js'
import type { TypePatterns } from './type-name.js'

// Numbers that must not be rounded, and dates, stay text: NUMERIC would turn them into floating point.
const types: TypePatterns = {
  integer: 'integer', bigint: 'integer', real: 'real', numeric: 'text', decimal: 'text',
  text: 'text', varchar: 'varchar(#)', enumeration: 'varchar(#)', boolean: 'boolean',
  timestamp: 'text', timestamptz: 'text', date: 'text',
  json: 'text', uuid: 'text', bytes: 'blob', custom: '#',
}

export const sqlite: Dialect = {
  name: 'sqlite',
  // SQLite itself has no limit; this one keeps schemas portable.
  identifier: { quote: '"', maxLength: 1000, measuredIn: 'characters', forbidden: [] },
  parameter: { form: 'question mark', max: 32_766, arrays: false },
  supports: {
    returning: { insert: true, update: true, delete: true },
    fullJoin: true, lateral: false, nullsOrdering: true, nullsGreatest: false, windowFunctions: true, limitInMembership: true,
    defaultInUpdate: false, deleteAlias: true, readsWrittenTable: true, deferrable: true, setDefaultAction: true, addConstraint: false,
  },
  expression: {
    concat: 'infix',
    nullSafe: { same: 'is', distinct: 'is not' },
    tupleIn: 'values',
    longList: { select: 'select "value" from json_each', kinds: ['integer', 'bigint', 'text', 'varchar', 'uuid', 'date', 'enumeration'] },
    functions: { greatest: 'max', least: 'min', now: 'current_timestamp' },
    castTypes: types,
    comparesAs: { numeric: { kind: 'real' } },
    likeEscape: " escape '\\'",
  },
  select: { limitWithoutEnd: '-1' },
  write: {
    insertRows: 'values',
    countedKeys: true,
    insertNothing: 'default values',
    updateRows: 'values',
    deleteRows: 'membership',
    upsert: 'on conflict',
    assignsInOrder: false,
    maxRows: { insert: 100, update: 100, delete: 512 },
  },
  ddl: {
    types,
    keyTypes: types,
    autoincrement: '',
    autoincrementType: 'integer',
    inlinePrimaryKey: true,
    tableOptions: '',
    schemaInReferences: false,
    dropInCycle: '',
    // The one works inside a transaction, the other outside of one.
    aroundCycle: { before: ['pragma defer_foreign_keys = on', 'pragma foreign_keys = off'], after: ['pragma foreign_keys = on'] },
    backslash: 'plain',
  },
}
