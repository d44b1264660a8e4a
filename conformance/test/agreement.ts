// Every recorded case on one adapter: it agrees, or docs/deviations.md names it.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { opener, type AdapterName, type Databases } from '../src/adapters.js'
import { attemptCase } from '../src/attempt-case.js'
import { deviations } from './deviations.js'
import { judge, recordedCases, type RecordedCase } from './recorded-cases.js'

/** A database that may be emptied, or why there is none. */
export type Place = { readonly url: string | undefined } | { readonly missing: string }

/** Registers a test for each case. */
export const agreesWithTheRecordedCases = (name: AdapterName, place: Place): void => {
  const cases = recordedCases()
  if (cases === undefined) return test.skip('no recorded cases stand beside this workspace (RELATA_CONFORMANCE says where they are)', () => {})
  if ('missing' in place) return test.skip(`recorded cases on ${name}: ${place.missing}`, () => {})
  describe(`recorded cases on ${name}`, () => { eachOf(cases, name, place.url) })
}

const eachOf = (cases: readonly RecordedCase[], name: AdapterName, url: string | undefined): void => {
  const listed = deviations()(name)
  const agreeing: string[] = []
  let agreed = 0
  let databases: Databases
  let faultsOf: Awaited<ReturnType<typeof judge>>
  beforeAll(async () => {
    databases = opener(name, url)
    faultsOf = await judge()
  })
  afterAll(async () => {
    await databases.close()
    console.info(`${name}: ${agreed} of ${cases.length} recorded cases agree, ${(agreed / cases.length * 100).toFixed(1)} %`)
    if (agreeing.length > 0) console.info(`${name}: docs/deviations.md may forget ${agreeing.join(', ')}`)
  })

  for (const each of cases) {
    test(each.name, async () => {
      const faults = faultsOf(each.expect, await attemptCase(each, databases))
      if (faults.length === 0) agreed++
      if (!listed.has(each.name)) expect(faults).toEqual([])
      else if (faults.length === 0) agreeing.push(each.name)
    })
  }
}
