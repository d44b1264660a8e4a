// The cases that may differ: docs/deviations.md is the list, and the reasons.

import { readFileSync } from 'node:fs'
import type { AdapterName } from '../src/adapters.js'

const page = readFileSync(new URL('../../docs/deviations.md', import.meta.url), 'utf8')

const adapters: Readonly<Record<string, AdapterName>> = { PostgreSQL: 'postgres', PGlite: 'pglite', MySQL: 'mysql', MariaDB: 'mysql', SQLite: 'sqlite' }

/** Names of cases by adapter, from the tables of the page: a table with a column `database` speaks of those databases only. */
export const deviations = (text: string = page): ((adapter: AdapterName) => ReadonlySet<string>) => {
  const rows: { readonly names: readonly string[]; readonly on: readonly AdapterName[] }[] = []
  let heads: readonly string[] = []
  for (const line of text.split('\n')) {
    const cells = line.startsWith('|') ? line.split('|').slice(1, -1).map((cell) => cell.trim()) : []
    if (cells[0] === 'case') heads = cells
    else if (cells.length === 0) heads = []
    if (heads.length === 0) continue
    const at = heads.indexOf('database')
    const names = [...(cells[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
    rows.push({ names, on: at < 0 ? Object.values(adapters) : (cells[at] ?? '').split(', ').flatMap((name) => adapters[name] ?? []) })
  }
  return (adapter) => new Set(rows.filter(({ on }) => on.includes(adapter)).flatMap(({ names }) => names))
}
