// The parts of a pnpm lockfile (version 9) that the demo reads, decoded from whatever YAML there is.

import { parse } from 'yaml'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { lockfileProblem } from './lockfile-problem.js'
import type { LockfileProblem } from './lockfile-problem.js'

const texts = t.record(t.string, t.string)
const requirement = t.type({ specifier: t.string, version: t.string })
const requirements = t.record(t.string, requirement)

const lockfile = t.intersection([
  t.type({ importers: t.record(t.string, t.partial({ dependencies: requirements, devDependencies: requirements, optionalDependencies: requirements })) }),
  t.partial({
    packages: t.record(t.string, t.partial({ peerDependencies: texts })),
    snapshots: t.record(t.string, t.partial({ dependencies: texts, optionalDependencies: texts })),
  }),
])

export type Lockfile = t.TypeOf<typeof lockfile>
export type Importer = Lockfile['importers'][string]
export type Requirements = t.TypeOf<typeof requirements>

/** A lockfile's text as data, or why it is none. */
export const decodeLockfile = (text: string): E.Either<LockfileProblem, Lockfile> => {
  const yaml = E.tryCatch((): unknown => parse(text), (thrown) => lockfileProblem('not-yaml', `The lockfile is not YAML: ${firstLine(thrown)}`, 'Run `pnpm install`: it writes the file anew.'))
  if (E.isLeft(yaml)) return yaml
  const version = typeof yaml.right === 'object' && yaml.right !== null && 'lockfileVersion' in yaml.right ? String(yaml.right.lockfileVersion) : 'none'
  if (!/^9\b/.test(version)) {
    return E.left(lockfileProblem('unknown-version', `The lockfile's version is ${version}; this program reads 9.`, 'Run `pnpm install` with pnpm 9 or later.'))
  }
  const decoded = lockfile.decode(yaml.right)
  if (E.isRight(decoded)) return decoded
  const where = decoded.left[0]?.context.map(({ key }) => key).filter((key) => key !== '' && !/^\d+$/.test(key)).join('.') ?? ''
  return E.left(lockfileProblem('unknown-shape', `The lockfile is not as pnpm writes it${where === '' ? '' : `, at ${where}`}.`, 'Run `pnpm install`: it writes the file anew.'))
}

const firstLine = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown)).split('\n')[0] ?? ''
