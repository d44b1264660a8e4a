import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { decodeLockfile } from '../../src/lockfile/decode-lockfile.js'
import { graphOfLockfile } from '../../src/lockfile/graph-of-lockfile.js'

const text = `
lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      '@x/core': { specifier: 'workspace:^', version: link:packages/core }
      vite: { specifier: ^8.0.0, version: 8.3.8(yaml@2.9.1) }
    devDependencies:
      vite: { specifier: ^8.0.0, version: 8.3.8(yaml@2.9.1) }
  packages/core:
    optionalDependencies:
      '@s/fast': { specifier: npm:@s/faster@1, version: '@s/faster@1.2.0' }
packages:
  vite@8.3.8: { peerDependencies: { yaml: ^2.0.0 } }
  yaml@2.9.1: {}
  '@s/faster@1.2.0': {}
snapshots:
  vite@8.3.8: { dependencies: { gone: 1.0.0 } }
  vite@8.3.8(yaml@2.9.1): { dependencies: { yaml: 2.9.1 }, optionalDependencies: { '@s/faster': 1.2.0 } }
  yaml@2.9.1: {}
  '@s/faster@1.2.0': {}
`
const graph = E.getOrElseW((problem: { readonly message: string }): never => { throw new Error(problem.message) })(
  E.map((lockfile: Parameters<typeof graphOfLockfile>[0]) => graphOfLockfile(lockfile, (folder) => (folder === '.' ? 'root' : '@x/core')))(decodeLockfile(text)),
)

describe('the graph of a lockfile', () => {
  it('has each version once, whatever peers it found, and the packages of the workspace', () => {
    expect(graph.versions).toEqual([
      { id: './.', name: 'root', number: 'workspace', folder: '.' },
      { id: './packages/core', name: '@x/core', number: 'workspace', folder: 'packages/core' },
      { id: 'vite@8.3.8', name: 'vite', number: '8.3.8' },
      { id: 'yaml@2.9.1', name: 'yaml', number: '2.9.1' },
      { id: '@s/faster@1.2.0', name: '@s/faster', number: '1.2.0' },
    ])
  })

  it('has an edge once, under its strongest kind, with the range where the lockfile has it', () => {
    expect(graph.edges).toEqual([
      { from: './.', to: './packages/core', kind: 'production', range: 'workspace:^' },
      { from: './.', to: 'vite@8.3.8', kind: 'production', range: '^8.0.0' },
      { from: './packages/core', to: '@s/faster@1.2.0', kind: 'optional', range: 'npm:@s/faster@1' },
      { from: 'vite@8.3.8', to: 'yaml@2.9.1', kind: 'peer', range: '^2.0.0' },
      { from: 'vite@8.3.8', to: '@s/faster@1.2.0', kind: 'optional' },
    ])
  })
})

describe('what is no lockfile', () => {
  const code = (source: string) => E.match((problem: { readonly code: string }) => problem.code, () => 'none')(decodeLockfile(source))

  it.each([
    ['{ not: [yaml', 'not-yaml'],
    ['', 'unknown-version'],
    ['lockfileVersion: 5.4', 'unknown-version'],
    ["lockfileVersion: '9.0'", 'unknown-shape'],
    ["lockfileVersion: '9.0'\nimporters: { .: { dependencies: [a] } }", 'unknown-shape'],
  ])('%j is refused as %s', (source, expected) => {
    expect(code(source)).toBe(expected)
  })
})
