// sql: a statement as text, for what nothing here can say.

import { db, type Db } from '../db.js'

/**
 * Sends a statement on the session's connection, in its transaction, and gives the rows as arrays. Values are parameters, in the
 * dialect's own form; nothing is flushed before, and no object follows what it does.
 *
 * @example
 * sql('select count(*) from users where name = ?', ['ed'])
 */
export const sql = (text: string, params: readonly unknown[] = []): Db<readonly (readonly unknown[])[]> => db(async (session) => (await session.executor.execute({ sql: text, params, kind: 'raw', table: '' })).rows)
