// MariaDB 10.6 and later: MySQL's dialect, less and more.

import type { Dialect } from './dialect.js'
import { mysql } from './mysql.js'

export const mariadb: Dialect = {
  ...mysql,
  name: 'mariadb',
  supports: { ...mysql.supports, returning: { insert: true, update: false, delete: true }, lateral: false, deleteAlias: false, readsWrittenTable: true },
  expression: { ...mysql.expression, castTypes: { ...mysql.expression.castTypes, json: 'char' } },
  select: { ...mysql.select, lock: { update: 'for update', share: 'lock in share mode', of: false } },
  write: { ...mysql.write, upsert: 'values function' },
  ddl: { ...mysql.ddl, tableOptions: 'engine = InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin' },
}
