// Reads the lockfile of a workspace, with the names of the workspace's own packages.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { decodeLockfile } from './decode-lockfile.js'
import type { DependencyGraph } from './dependency-graph.js'
import { graphOfLockfile } from './graph-of-lockfile.js'
import { lockfileProblem } from './lockfile-problem.js'
import type { LockfileProblem } from './lockfile-problem.js'

/** The dependency graph of the workspace in `root`. */
export const readLockfile = (root: string): TaskEither<LockfileProblem, DependencyGraph> => async () => {
  const path = join(root, 'pnpm-lock.yaml')
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (thrown) {
    return E.left(
      isMissing(thrown)
        ? lockfileProblem('missing', `There is no lockfile at ${path}.`, 'Run the demo in a checkout of the workspace, or `pnpm install` there first.')
        : lockfileProblem('unreadable', `The lockfile at ${path} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`, 'Check that it is a file which you may read.'),
    )
  }
  const decoded = decodeLockfile(text)
  if (E.isLeft(decoded)) return decoded
  const names = new Map(await Promise.all(Object.keys(decoded.right.importers).map(async (folder) => [folder, await nameIn(root, folder)] as const)))
  const graph = graphOfLockfile(decoded.right, (folder) => names.get(folder) ?? folder)
  return graph.edges.length === 0
    ? E.left(lockfileProblem('empty', `The lockfile at ${path} names no dependency.`, 'There is nothing to ask: take a workspace that has dependencies.'))
    : E.right(graph)
}

/** The name in a folder's package.json, or the folder's own. */
const nameIn = async (root: string, folder: string): Promise<string> => {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'))
    return typeof manifest === 'object' && manifest !== null && 'name' in manifest && typeof manifest.name === 'string' ? manifest.name : folder
  } catch {
    return folder
  }
}

const isMissing = (thrown: unknown): boolean => thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'
