// createAll and dropAll: the tables of a registry.

import type { RegistryDescriptor, TableDescriptor } from '@relata/core'
import * as ddl from '@relata/sql'
import type { Query } from '@relata/sql/driver'
import * as E from 'fp-ts/lib/Either.js'
import { db, type Db } from '../db.js'
import { mappingOf } from '../handle/mapping-of.js'
import { failSql } from '../load/refused-query.js'
import type { SessionState } from '../state/model.js'

/**
 * Creates the tables of a registry, those referred to first: as a part of the transaction that is open, or all of them in one of their
 * own (MySQL and MariaDB commit each). Fails where one is there already.
 *
 * @example
 * pipe(createAll(blog), RTE.chain(() => add(ed)), RTE.chain(() => commit))
 */
export const createAll = (registry: RegistryDescriptor): Db<void> => sendAll(registry, ddl.createAll)

/** Drops the tables of a registry where they are there, with their rows, in a transaction as `createAll` does. `pipe(dropAll(blog), RTE.chain(() => createAll(blog)))` */
export const dropAll = (registry: RegistryDescriptor): Db<void> => sendAll(registry, ddl.dropAll)

const sendAll = (registry: RegistryDescriptor, statements: typeof ddl.createAll): Db<void> => db(async (session) => {
  const tables: readonly TableDescriptor[] = Object.values(mappingOf(registry).tables).filter(({ derived }) => derived === undefined)
  const queries = statements(await session.executor.dialect(), tables)
  if (E.isLeft(queries)) return failSql(queries.left)
  const { control } = session
  if (control.inTransaction) return send(session, queries.right)
  // Left open, it would take the tables away with the next thing that is rolled back.
  try {
    await send(session, queries.right)
    await control.commit()
  } catch (thrown) {
    await control.rollback()
    throw thrown
  }
})

const send = async ({ executor }: SessionState, queries: readonly Query[]): Promise<void> => {
  for (const query of queries) await executor.execute(query)
}
