import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { checkImports } from '../check-imports.mjs'

const made: string[] = []
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

/** A workspace in which nothing is wrong, with `files` on top. */
const check = (files: Readonly<Record<string, string>>) => {
  const root = mkdtempSync(join(tmpdir(), 'relata-imports-'))
  made.push(root)
  const manifest = (name: string, subpaths: ReadonlyArray<string>, dependencies: ReadonlyArray<string>, peers: ReadonlyArray<string> = []) =>
    JSON.stringify({
      name: `@relata/${name}`,
      exports: Object.fromEntries(subpaths.map((subpath) => [subpath, {}])),
      dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, '*'])),
      peerDependencies: Object.fromEntries(peers.map((peer) => [peer, '*'])),
    })
  const tree = {
    'core/package.json': manifest('core', ['.'], [], ['fp-ts']),
    'core/src/index.ts': `import * as E from 'fp-ts/lib/Either.js'\nexport const e = E`,
    'sql/package.json': manifest('sql', ['.', './driver'], ['@relata/core']),
    'sql/src/index.ts': `export * from '@relata/core'`,
    'sql/src/driver/index.ts': `export const d = 1`,
    'session/package.json': manifest('session', ['.'], ['@relata/core', '@relata/sql']),
    'session/src/index.ts': `import type { e } from '@relata/core'\nimport 'node:fs'\nexport type T = typeof e`,
    'adapters/package.json': manifest('adapters', ['./pg', './sqlite'], ['@relata/sql', 'tarn'], ['pg', 'better-sqlite3']),
    'adapters/src/pg/index.ts': `import pg from 'pg'\nimport 'tarn'\nimport { d } from '@relata/sql/driver'\nexport default [pg, d]`,
    'adapters/src/sqlite/index.ts': `export const open = () => import('better-sqlite3')`,
    ...files,
  }
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, 'packages', path)), { recursive: true })
    writeFileSync(join(root, 'packages', path), text)
  }
  return checkImports(root)
}

it('finds nothing wrong in a tree that follows the rules', () => {
  expect(check({})).toEqual([])
})

it('finds nothing wrong in this workspace', () => {
  expect(checkImports(fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, ''))).toEqual([])
})

it.each([
  ['core imports sql', 'core/src/a.ts', `import '@relata/sql'`, '@relata/core may import no other package'],
  ['sql imports session, as a type', 'sql/src/a.ts', `import type { T } from '@relata/session'\nexport type U = T`, 'may import only @relata/core'],
  ['session imports an adapter', 'session/src/a.ts', `export * from '@relata/adapters/pg'`, 'may import only @relata/core, @relata/sql'],
  ['adapters import session', 'adapters/src/pg/a.ts', `export const s = import('@relata/session')`, 'may import only @relata/sql/driver'],
  ['adapters import all of sql', 'adapters/src/pg/a.ts', `export * from '@relata/sql'`, 'may import only @relata/sql/driver'],
  ['an import type expression', 'core/src/a.ts', `export type T = import('@relata/session').T`, 'may import no other package'],
  ['a subpath that is not exported', 'session/src/a.ts', `import '@relata/sql/printer'`, '@relata/sql does not export ./printer'],
  ['a file of another package', 'session/src/a.ts', `import '../../core/src/index.js'`, 'leaves the package'],
  ['a file that is not there', 'session/src/a.ts', `import './b.js'`, 'no such source file'],
  ['a path without .js', 'session/src/a.ts', `import './index'`, 'no such source file'],
  ['Node in a pure package', 'sql/src/a.ts', `import 'node:fs'`, 'is pure'],
  ['Node without its prefix', 'session/src/a.ts', `import 'fs'`, 'node:fs'],
  ['fp-ts/X', 'core/src/a.ts', `import 'fp-ts/Either'`, 'fp-ts/lib/X.js'],
  ['fp-ts/lib/X', 'core/src/a.ts', `import 'fp-ts/lib/Either'`, 'fp-ts/lib/X.js'],
  ['fp-ts/es6/X.js', 'core/src/a.ts', `import 'fp-ts/es6/Either.js'`, 'fp-ts/lib/X.js'],
  ['an undeclared dependency', 'sql/src/a.ts', `import 'fp-ts'`, 'not among the dependencies'],
  ['a driver outside its adapter', 'adapters/src/sqlite/a.ts', `import 'pg'`, 'only adapters/src/pg'],
  ['a driver in session', 'session/src/a.ts', `import type p from 'pg'\nexport type P = p`, 'only adapters/src/pg'],
])('complains of %s', (_, path, text, message) => {
  expect(check({ [path]: text })).toEqual([expect.stringMatching(new RegExp(`^packages/${path}:1: `))])
  expect(check({ [path]: text })[0]).toContain(message)
})

it('complains of an adapter that reaches the driver of another through files', () => {
  expect(check({ 'adapters/src/sqlite/index.ts': `export * from './b.js'`, 'adapters/src/sqlite/b.ts': `export { default } from '../pg/index.js'` }))
    .toEqual([expect.stringContaining('loads the driver pg of another adapter')])
})

it('complains of cycles, of types too, and shows the shortest way round', () => {
  expect(check({
    'core/src/a.ts': `import type { B } from './b.js'\nexport type A = B | 1`,
    'core/src/b.ts': `import type { C } from './c.js'\nexport type B = C | 2`,
    'core/src/c.ts': `import type { A } from './a.js'\nimport './d.js'\nexport type C = A | 3`,
    'core/src/d.ts': `export {}`,
  })).toEqual(['packages/core/src/a.ts: import cycle: a.ts -> b.ts -> c.ts -> a.ts'])
  expect(check({ 'core/src/a.ts': `import './a.js'` })).toEqual(['packages/core/src/a.ts: import cycle: a.ts -> a.ts'])
})

it('complains of an exported subpath without its source', () => {
  expect(check({ 'sql/package.json': JSON.stringify({ name: '@relata/sql', exports: { '.': {}, './driver': {}, './gone': {} }, dependencies: { '@relata/core': '*' } }) }))
    .toEqual([expect.stringContaining('./gone is exported')])
})
