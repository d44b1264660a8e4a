// SQLite where its addon could be built. Where it could not, its tests report that they were skipped.

import type { Adapter } from '@relata/sql/driver'
import type { SqliteOptions } from '../../src/sqlite/index.js'

const built = await import('../../src/sqlite/index.js').then(
  async (module) => {
    await (await module.sqlite().connect()).close()
    return module
  },
  () => undefined,
).catch(() => undefined)

/** Is the addon there? */
export const sqliteAnswers = built !== undefined

export const sqlite = (options?: SqliteOptions): Adapter => {
  if (built === undefined) throw new Error('better-sqlite3 could not be built here')
  return built.sqlite(options)
}
