// createAll and dropAll: the tables of a registry.

import type { RegistryDescriptor, TableDescriptor } from '@relata/core'
import * as ddl from '@relata/sql'
import * as E from 'fp-ts/lib/Either.js'
import { db, type Db } from '../db.js'
import { mappingOf } from '../handle/mapping-of.js'
import { failSql } from '../load/refused-query.js'

/**
 * Creates the tables of a registry, those referred to first, in the session's transaction. Fails where one is there already.
 *
 * @example
 * pipe(createAll(blog), RTE.chain(() => commit))
 */
export const createAll = (registry: RegistryDescriptor): Db<void> => sendAll(registry, ddl.createAll)

/** Drops the tables of a registry where they are there, with their rows. `pipe(dropAll(blog), RTE.chain(() => createAll(blog)))` */
export const dropAll = (registry: RegistryDescriptor): Db<void> => sendAll(registry, ddl.dropAll)

const sendAll = (registry: RegistryDescriptor, statements: typeof ddl.createAll): Db<void> => db(async (session) => {
  const tables: readonly TableDescriptor[] = Object.values(mappingOf(registry).tables).filter(({ derived }) => derived === undefined)
  const queries = statements(await session.executor.dialect(), tables)
  if (E.isLeft(queries)) return failSql(queries.left)
  for (const query of queries.right) await session.executor.execute(query)
})
