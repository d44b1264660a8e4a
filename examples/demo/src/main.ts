// Relata's demo: the dependency graph of this workspace in a database, and what it answers.

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as E from 'fp-ts/lib/Either.js'
import { demo } from './demo.js'
import { problem } from './print/heading.js'
import { screenOf, writeLines } from './print/screen.js'

/** The nearest folder with a lockfile, from where the command was given; else the workspace of this file. */
const workspace = (): string => {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'pnpm-lock.yaml'))) return folder
    if (dirname(folder) === folder) return join(dirname(fileURLToPath(import.meta.url)), '../../..')
  }
}

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: Error & { readonly code?: string }) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const screen = screenOf(process.stdout, process.env)
const root = workspace()
const result = await demo({ screen, root, named: process.argv[2], now: () => performance.now() })()
if (E.isLeft(result)) {
  writeLines(screen, ['', ...problem(screen, result.left.message, result.left.hint)])
  process.exitCode = 1
}
