// pnpm --silent conformance [--adapter sqlite|pglite|postgres|mysql] --out ACTUAL.json FILE.json…

import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { opener, type AdapterName } from './adapters.js'
import type { Case, CaseRecord } from './case.js'
import { runCase } from './run-case.js'

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
    for (const each of cases) records.push({ name: each.name, actual: await survived(each, databases) })
  } finally {
    await databases.close()
  }
  writeFileSync(out, `${JSON.stringify(records, null, 1)}\n`)
  return 0
}

/** A case that cannot be run is written down as crashed, and the next one is run. */
const survived = async (of: Case, databases: ReturnType<typeof opener>): Promise<CaseRecord> => {
  try {
    const driver = await databases.open()
    try {
      return await within(20_000, runCase(of, driver))
    } finally {
      await databases.done(driver)
    }
  } catch (thrown) {
    return { crash: thrown instanceof Error ? (thrown.stack ?? thrown.message).split('\n').slice(0, 4).join(' | ') : JSON.stringify(thrown) }
  }
}

const within = <A>(milliseconds: number, promise: Promise<A>): Promise<A> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => { reject(new Error(`not done after ${milliseconds} ms`)) }, milliseconds)
  })
  return Promise.race([promise, late]).finally(() => { clearTimeout(timer) })
}

const isAdapterName = (name: string): name is AdapterName => name === 'sqlite' || name === 'pglite' || name === 'postgres' || name === 'mysql'

process.exitCode = await main()
