// Distributed databases that speak PostgreSQL's or MySQL's protocol: how their dialects and capabilities differ, as data.
// From their vendors' documentation; none of them was run here.

import type { Capabilities } from '../driver/driver.js'
import type { Dialect } from './dialect.js'
import { mysql } from './mysql.js'
import { postgres } from './postgres.js'

export type EngineName = 'cockroachdb' | 'yugabytedb' | 'citus' | 'tidb' | 'vitess'

export interface Engine {
  readonly dialect: Dialect
  /** What differs from what an adapter finds true of the protocol's own server. */
  readonly capabilities: Partial<Capabilities>
}

/** Rows are spread over nodes: statements of some hundred rows are faster than those of thousands, which conflict more. */
const smallBatches = { insert: 500, update: 500, delete: 500 } as const

const cockroachdb: Engine = {
  dialect: {
    ...postgres,
    supports: { ...postgres.supports, deferrable: false, nullsGreatest: false },
    write: { ...postgres.write, maxRows: smallBatches },
  },
  capabilities: { deferrableConstraints: false, insertIdsConsecutive: false },
}

const yugabytedb: Engine = {
  dialect: { ...postgres, write: { ...postgres.write, maxRows: smallBatches } },
  capabilities: { insertIdsConsecutive: false },
}

/** A distributed table takes no rows of a subquery in one step: rows are written out. */
const citus: Engine = {
  dialect: {
    ...postgres,
    write: { ...postgres.write, insertRows: 'values', updateRows: 'case', deleteRows: 'membership', maxRows: { insert: 500, update: 100, delete: 512 } },
  },
  capabilities: { insertIdsConsecutive: false },
}

const tidb: Engine = {
  dialect: {
    ...mysql,
    supports: { ...mysql.supports, lateral: false },
    write: { ...mysql.write, upsert: 'values function' },
    ddl: { ...mysql.ddl, tableOptions: 'default character set utf8mb4 collate utf8mb4_bin' },
  },
  capabilities: { insertIdsConsecutive: false },
}

const vitess: Engine = {
  dialect: {
    ...mysql,
    supports: { ...mysql.supports, lateral: false },
    write: { ...mysql.write, upsert: 'values function' },
  },
  capabilities: { insertIdsConsecutive: false },
}

export const engines: Readonly<Record<EngineName, Engine>> = Object.freeze({ cockroachdb, yugabytedb, citus, tidb, vitess })
