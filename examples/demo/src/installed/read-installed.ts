// What is installed: each package in pnpm's store below node_modules, with its manifest and its size on disk.

import { lstat, readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { manifest } from './manifest.js'
import type { Manifest } from './manifest.js'

export interface Installed extends Manifest {
  readonly bytes: number
  readonly files: number
}

/** Installed packages by `name@version`; empty where nothing is installed. `onProgress` hears of each that was read. */
export const readInstalled = async (root: string, onProgress: (done: number, of: number) => void = () => {}): Promise<ReadonlyMap<string, Installed>> => {
  const folders = (await Promise.all((await namesIn(join(root, 'node_modules/.pnpm'))).map((entry) => packagesIn(join(root, 'node_modules/.pnpm', entry, 'node_modules'))))).flat()
  const found = new Map<string, Installed>()
  for (const [at, folder] of folders.entries()) {
    const one = await readOne(folder)
    if (one !== undefined) found.set(`${one.name}@${one.number}`, one)
    onProgress(at + 1, folders.length)
  }
  return found
}

/** The packages that lie in a folder themselves: links lead to other folders, which have their own turn. */
const packagesIn = async (folder: string): Promise<readonly string[]> => {
  const entries = await entriesIn(folder)
  const nested = await Promise.all(
    entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(async (entry) =>
      entry.name.startsWith('@') ? (await entriesIn(join(folder, entry.name))).filter((inner) => inner.isDirectory()).map((inner) => join(folder, entry.name, inner.name)) : [join(folder, entry.name)]),
  )
  return nested.flat()
}

const readOne = async (folder: string): Promise<Installed | undefined> => {
  try {
    const found = manifest(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')))
    return found === undefined ? undefined : { ...found, ...(await sizeOf(folder)) }
  } catch {
    return undefined // a folder without a readable manifest is no package
  }
}

const sizeOf = async (folder: string): Promise<{ readonly bytes: number; readonly files: number }> => {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const sizes = await Promise.all(entries.map(async (entry) => (await lstat(join(entry.parentPath, entry.name))).size))
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), files: sizes.length }
}

const entriesIn = (folder: string) => readdir(folder, { withFileTypes: true }).catch(() => [])
const namesIn = (folder: string) => readdir(folder).catch(() => [])
