// Servers of a test's own, from the binaries that are installed: they may be stopped and started while the others of this machine go on.

import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pause } from '../faults/subjects.js'

export interface OwnServer {
  readonly url: string
  /** Starts the process, and waits until it answers. */
  start(): Promise<void>
  /** Ends it as a failing machine would, without a word to its clients. */
  crash(): Promise<void>
  /** Ends it, and removes what it stored. */
  close(): Promise<void>
}

const versions = '/usr/lib/postgresql'

/** Where a binary is, if it is installed. */
export const binary = (name: string): string | undefined =>
  [
    ...(existsSync(versions) ? readdirSync(versions).toSorted().toReversed().map((version) => join(versions, version, 'bin')) : []),
    ...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/bin',
  ].map((folder) => join(folder, name)).find((path) => existsSync(path))

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

interface Owner { readonly uid?: number; readonly gid?: number }

/** Servers refuse to run as root: who they run as instead. */
const ownerOf = (user: string): Owner => {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string): number => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

interface Recipe {
  readonly user: string
  readonly prepare: (folder: string, owner: Owner, port: number) => void
  readonly command: (folder: string, port: number) => readonly [string, ...string[]]
  readonly url: (port: number) => string
  readonly answers: (url: string) => Promise<boolean>
  /** What ends all of it at once. */
  readonly signal: 'SIGKILL' | 'SIGQUIT'
}

/** A server made by a recipe in a folder of its own; it is not started yet. */
export const ownServer = async ({ user, prepare, command, url: urlAt, answers, signal }: Recipe): Promise<OwnServer> => {
  const owner = ownerOf(user)
  const folder = mkdtempSync(join(tmpdir(), 'relata-server-'))
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid)
  const port = await freePort()
  prepare(folder, owner, port)
  const url = urlAt(port)
  let running: ChildProcess | undefined

  const crash = async (): Promise<void> => {
    const child = running
    running = undefined
    if (child === undefined || child.exitCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }
  const kill = (): void => void running?.kill(signal)
  process.once('exit', kill)

  return {
    url,
    start: async () => {
      const [path, ...args] = command(folder, port)
      running = spawn(path, args, { ...owner, cwd: folder, stdio: 'ignore' })
      for (let attempt = 0; attempt < 600; attempt++) {
        if (await answers(url)) return
        await pause(20)
      }
      throw new Error(`${path} does not answer`)
    },
    crash,
    close: async () => {
      await crash()
      process.off('exit', kill)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Runs a command to its end as the owner of a server. */
export const runAs = (owner: Owner, folder: string, path: string, ...args: readonly string[]): void => {
  execFileSync(path, args, { ...owner, cwd: folder, stdio: 'ignore' })
}

/** Writes a file that the owner of a server can read. */
export const fileFor = (owner: Owner, path: string, text: string): void => {
  writeFileSync(path, text)
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(path, owner.uid, owner.gid)
}
