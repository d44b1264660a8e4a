// Runs one case on a database and writes down what happened; it judges nothing.

import * as E from 'fp-ts/lib/Either.js'
import { configure } from '@relata/core'
import { RelataError, run, type HasSession } from '@relata/session'
import type { Driver } from '@relata/sql/driver'
import { adapterOver } from './adapters.js'
import type { Case, CaseRecord, CaseStep, StepRecord } from './case.js'
import { configured } from './configured.js'
import { counter } from './counter.js'
import { keysAfterLargest } from './generated-keys.js'
import { prepare, rowsOf } from './database.js'
import { registryOf } from './entities.js'
import { scriptOf, type Script } from './objects.js'
import { schemaOf } from './schema.js'
import { sessionVerbs } from './session-verbs.js'
import { steps } from './step.js'
import { printTables } from './tables.js'

export const runCase = async (of: Case, driver: Driver): Promise<CaseRecord> => {
  const tables = schemaOf(of)
  const registry = registryOf(of, tables)
  const mapping = configure(registry)
  if (E.isLeft(mapping)) return { configure: { error: mapping.left[0].code } }
  const warnings = [...new Set(mapping.right.warnings.map(({ code }) => code))]
  const record: CaseRecord = {
    configure: {
      ...(of.plan !== false && { relationships: configured(mapping.right) }),
      ...(warnings.length > 0 && { warnings }),
    },
  }
  if (of.steps === undefined) return record
  await prepare(driver, of, tables)
  const counted = counter()
  const script = (env: HasSession) => async (): Promise<E.Either<never, readonly StepRecord[]>> => {
    const running = scriptOf(mapping.right, sessionVerbs(registry, mapping.right, env, driver.dialect))
    const recorded: StepRecord[] = []
    for (const step of of.steps ?? []) recorded.push({ ...(await outcomeOf(running, step)), ...counted.take() })
    return E.right(recorded)
  }
  const done = await run(registry, adapterOver(keysAfterLargest(driver, tables)), { ...of.session, onStatement: counted.onStatement, onWarning: counted.onWarning })(script)()
  if (E.isLeft(done)) throw new RelataError(done.left)
  return { ...record, steps: done.right, tables: printTables(tables, await rowsOf(driver, tables)) }
}

const outcomeOf = async (script: Script, step: CaseStep): Promise<StepRecord> => {
  const [kind = ''] = Object.keys(step)
  const perform = steps[kind]
  if (perform === undefined) throw new Error(`unknown step ${kind}`)
  try {
    const done = await perform(script, step)
    return done === undefined ? {} : { value: done.value }
  } catch (thrown) {
    if (!(thrown instanceof RelataError)) throw thrown
    return { error: thrown.error.code, message: thrown.error.message }
  }
}
