// The recorded cases, where they stand beside this workspace: RELATA_CONFORMANCE, or the folder next to it.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Case, CaseRecord } from '../src/case.js'

export interface RecordedCase extends Case { readonly expect: CaseRecord }

/** Where what happened is not what was recorded. */
export interface Fault { readonly where: string; readonly want: unknown; readonly got: unknown }

const folder = process.env['RELATA_CONFORMANCE'] ?? fileURLToPath(new URL('../../../shared/conformance', import.meta.url))

/** Undefined where there are none. */
export const recordedCases = (): readonly RecordedCase[] | undefined =>
  existsSync(`${folder}/cases`)
    ? readdirSync(`${folder}/cases`).filter((file) => file.endsWith('.json')).toSorted().flatMap((file) => JSON.parse(readFileSync(`${folder}/cases/${file}`, 'utf8')) as readonly RecordedCase[])
    : undefined

/** The judge comes with the cases. */
export const judge = async (): Promise<(expected: CaseRecord, actual: CaseRecord) => readonly Fault[]> => {
  const { compareCase } = await import(pathToFileURL(`${folder}/compare.mjs`).href) as { readonly compareCase: (expected: CaseRecord, actual: CaseRecord) => readonly Fault[] }
  return compareCase
}
