// pnpm --silent conformance [--adapter sqlite|pglite|postgres|mysql] --out ACTUAL.json FILE.json…

import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { opener, type AdapterName } from './adapters.js'
import { attemptCase } from './attempt-case.js'
import type { Case, CaseRecord } from './case.js'

const usage = 'usage: conformance [--adapter sqlite|pglite|postgres|mysql] [--only NAME] --out ACTUAL.json FILE.json…'

const main = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { adapter: { type: 'string', default: 'sqlite' }, out: { type: 'string' }, only: { type: 'string' } },
  })
  const { adapter, out, only } = values
  if (out === undefined || positionals.length === 0 || !isAdapterName(adapter)) {
    console.error(usage)
    return 2
  }
  const cases = positionals.flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as readonly Case[]).filter(({ name }) => only === undefined || name === only)
  const databases = opener(adapter)
  const records: { readonly name: string; readonly actual: CaseRecord }[] = []
  try {
    for (const each of cases) records.push({ name: each.name, actual: await attemptCase(each, databases) })
  } finally {
    await databases.close()
  }
  writeFileSync(out, `${JSON.stringify(records, null, 1)}\n`)
  return 0
}

const isAdapterName = (name: string): name is AdapterName => name === 'sqlite' || name === 'pglite' || name === 'postgres' || name === 'mysql'

process.exitCode = await main()
