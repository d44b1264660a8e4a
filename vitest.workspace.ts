import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { TestProjectConfiguration } from 'vitest/config'

// The test projects: one a package, one an example, and conformance, bench, docs, scripts. vitest.config.ts imports this list
// (vitest 4 does not read a file of this name by itself). The type tests of all of them are one more project, so that the
// compiler runs once.

const root = fileURLToPath(new URL('.', import.meta.url))

/** Folders below the root that may hold a `test` folder. */
const folders = [
  ...list('packages').map((name) => `packages/${name}`),
  ...list('examples').map((name) => `examples/${name}`),
  'conformance',
  'bench',
  'docs',
  'scripts',
]

/** Tests resolve `@relata/…` to sources: every subpath in a package's `exports`, its `dist` file turned back into the `src` file. */
const alias = list('packages').flatMap((folder) => {
  const manifest = JSON.parse(readFileSync(`${root}packages/${folder}/package.json`, 'utf8')) as {
    readonly name: string
    readonly exports: Readonly<Record<string, { readonly default: string }>>
  }
  return Object.entries(manifest.exports).map(([subpath, target]) => ({
    find: new RegExp(`^${manifest.name}${subpath.slice(1)}$`),
    replacement: `${root}packages/${folder}/${target.default.slice(2).replace(/^dist\//, 'src/').replace(/\.js$/, '.ts')}`,
  }))
})

/** `tests` is the glob of test files below each folder. */
export const projectsWith = (tests: string): TestProjectConfiguration[] =>
  folders.filter((folder) => existsSync(`${root}${folder}`)).map((folder) => ({
    resolve: { alias },
    test: {
      name: folder.replace(/^packages\//, '').replace('/', ':'),
      root: `${root}${folder}`,
      include: [tests],
      // Creating a PGlite takes seconds.
      testTimeout: 30_000,
      hookTimeout: 60_000,
    },
  }))

const types: TestProjectConfiguration = {
  test: {
    name: 'types',
    root,
    include: [],
    typecheck: {
      enabled: true,
      only: true,
      include: ['*/test/**/*.test-d.ts', '{packages,examples}/*/test/**/*.test-d.ts'],
      tsconfig: `${root}tsconfig.types.json`,
      // `pnpm types` reports those; here a wrong file elsewhere must not hide what the type tests say.
      ignoreSourceErrors: true,
    },
  },
}

export default [...projectsWith('test/**/*.test.ts'), types]

function list(folder: string): ReadonlyArray<string> {
  return existsSync(`${root}${folder}`)
    ? readdirSync(`${root}${folder}`).filter((name) => existsSync(`${root}${folder}/${name}/package.json`))
    : []
}
