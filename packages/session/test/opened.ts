// A session as promises on fresh tables, with what it sends and what it warns of.

import type { RegistryDescriptor } from '@relata/core'
import { sqlite } from '@relata/adapters/sqlite'
import { createAll, dropAll, type RunOptions, type SessionWarning, type StatementEvent } from '@relata/session'
import { closeAdapter, open, type Db } from '@relata/session/plain'
import type { Adapter } from '@relata/sql/driver'
import { onTestFinished } from 'vitest'

export interface Opened {
  readonly db: Db
  /** The statements since it was last asked, as `kind table rows`. */
  readonly sent: () => readonly string[]
  /** Their texts since it was last asked. */
  readonly texts: () => readonly string[]
  readonly warnings: readonly SessionWarning[]
}

/** Opens a session until the test ends; `seen` is told every statement as it is sent. */
export const opened = async (registry: RegistryDescriptor, options: RunOptions = {}, adapter: Adapter = sqlite(), seen: (statement: StatementEvent) => void = () => {}): Promise<Opened> => {
  const lines: string[] = []
  const texts: string[] = []
  const warnings: SessionWarning[] = []
  const db = await open(registry, adapter, {
    ...options,
    onStatement: (statement) => {
      const { kind, table, rows, query } = statement
      lines.push(`${kind} ${table} ${rows}`)
      texts.push(query.sql)
      seen(statement)
    },
    onWarning: (warning) => { warnings.push(warning) },
  })
  onTestFinished(async () => {
    await db.close()
    await closeAdapter(adapter)
  })
  await db.run(dropAll(registry))
  await db.run(createAll(registry))
  const taken = (list: string[]) => (): readonly string[] => list.splice(0)
  const [sent, sqls] = [taken(lines), taken(texts)]
  sent()
  sqls()
  return { db, sent, texts: sqls, warnings }
}
