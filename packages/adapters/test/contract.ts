// Runs the driver contract as tests of this framework.

import { test } from 'vitest'
import { driverContract } from '@relata/sql/contract'
import type { ContractOptions } from '@relata/sql/contract'
import type { Adapter, Connection } from '@relata/sql/driver'

/** Registers a test for each check of the contract. */
export const keepsTheContract = (adapter: () => Adapter, options: ContractOptions = {}): void => {
  for (const check of driverContract(() => adapter().connect(), options)) test(check.name, check.run)
}

/** The first value of the first row. */
export const oneValue = async (connection: Connection, sql: string): Promise<unknown> =>
  (await connection.execute({ sql, params: [], kind: 'select', table: '' })).rows[0]?.[0]
