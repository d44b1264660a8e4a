// Holds the imports of packages/*/src against the architecture: one direction, no cycles, nothing undeclared,
// no driver outside its adapter. `node scripts/check-imports.mjs [ROOT]` prints what is wrong, one line each, and fails.
// Type imports count like others: whoever reads a file has to follow them too.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

/**
 * @typedef {{ readonly specifier: string, readonly line: number }} Import
 * @typedef {{ readonly name: string, readonly exports?: Readonly<Record<string, unknown>>,
 *   readonly dependencies?: Readonly<Record<string, string>>, readonly peerDependencies?: Readonly<Record<string, string>> }} Manifest
 * @typedef {{ readonly folder: string, readonly manifest: Manifest, readonly files: ReadonlyMap<string, ReadonlyArray<Import>> }} Package
 */

/** What a package may import of the others: a package's name allows all of its subpaths. */
const allowed = /** @type {Readonly<Record<string, ReadonlyArray<string>>>} */ ({
  '@relata/core': [],
  '@relata/sql': ['@relata/core'],
  '@relata/session': ['@relata/core', '@relata/sql'],
  '@relata/adapters': ['@relata/sql/driver'],
})

/** These do no input or output, so they import nothing of Node. */
const pure = ['@relata/core', '@relata/sql']

/** Each driver and the one folder below adapters/src that may import it. */
const drivers = /** @type {Readonly<Record<string, string>>} */ ({
  postgres: 'postgres',
  mysql2: 'mysql',
  'better-sqlite3': 'sqlite',
  '@electric-sql/pglite': 'pglite',
  pg: 'pg',
})

/**
 * Everything wrong below `root`, in the order of files and lines.
 * @param {string} root
 * @returns {ReadonlyArray<string>}
 */
export const checkImports = (root) => {
  const packages = readdirSync(join(root, 'packages'))
    .filter((folder) => existsSync(join(root, 'packages', folder, 'package.json')))
    .map((folder) => readPackage(join(root, 'packages', folder)))
  return packages
    .flatMap((one) => [...wrongImports(one, packages), ...cycles(one), ...foreignDrivers(one)])
    .map((message) => message.replaceAll(root + sep, ''))
}

/**
 * @param {Package} one
 * @param {ReadonlyArray<Package>} packages
 */
const wrongImports = (one, packages) =>
  [...one.files].flatMap(([file, imports]) =>
    imports.flatMap(({ specifier, line }) => {
      const reason = refusal(one, packages, file, specifier)
      return reason === undefined ? [] : [`${file}:${line}: '${specifier}': ${reason}`]
    }),
  )

/**
 * @param {Package} one
 * @param {ReadonlyArray<Package>} packages
 * @param {string} file
 * @param {string} specifier
 * @returns {string | undefined}
 */
const refusal = (one, packages, file, specifier) => {
  const { name } = one.manifest
  if (specifier.startsWith('.')) {
    const target = sourceOf(file, specifier)
    if (!target.startsWith(join(one.folder, 'src') + sep)) return 'leaves the package: import the other package by its name'
    return one.files.has(target) ? undefined : 'there is no such source file (a path ends in .js)'
  }
  if (isBuiltin(specifier)) {
    if (!specifier.startsWith('node:')) return `write it as node:${specifier}`
    return pure.includes(name) ? `${name} is pure and imports nothing of Node` : undefined
  }
  const [packageName, subpath] = splitSpecifier(specifier)
  const other = packages.find(({ manifest }) => manifest.name === packageName)
  if (packageName === name) return 'a package imports its own files by relative paths'
  if (other !== undefined || packageName.startsWith('@relata/')) {
    const may = allowed[name] ?? []
    if (!may.includes(packageName) && !may.includes(specifier)) return `${name} may import ${may.length === 0 ? 'no other package' : `only ${may.join(', ')}`}`
    if (other !== undefined && !(subpath in (other.manifest.exports ?? {}))) return `${packageName} does not export ${subpath}`
  }
  if (/^(fp-ts|io-ts)\//.test(specifier) && !/^(fp-ts|io-ts)\/lib\/.+\.js$/.test(specifier)) return `plain Node cannot load it: ${packageName}/lib/X.js`
  const home = drivers[packageName]
  if (home !== undefined && !file.startsWith(join(one.folder, 'src', home) + sep)) return `only adapters/src/${home} imports this driver`
  if (!(packageName in { ...one.manifest.dependencies, ...one.manifest.peerDependencies })) return `is not among the dependencies of ${name}`
  return undefined
}

/**
 * The strongly connected components of more than one file, and files that import themselves (Tarjan).
 * @param {Package} one
 */
const cycles = (one) => {
  /** @type {Map<string, number>} */
  const index = new Map()
  /** @type {Map<string, number>} */
  const low = new Map()
  /** @type {string[]} */
  const stack = []
  /** @type {string[]} */
  const found = []
  /** @param {string} file */
  const visit = (file) => {
    index.set(file, index.size)
    low.set(file, index.size - 1)
    stack.push(file)
    for (const target of neighbours(one, file)) {
      if (!index.has(target)) visit(target)
      if (stack.includes(target)) low.set(file, Math.min(/** @type {number} */ (low.get(file)), /** @type {number} */ (low.get(target))))
    }
    if (low.get(file) !== index.get(file)) return
    const component = stack.splice(stack.indexOf(file))
    if (component.length > 1 || neighbours(one, file).includes(file)) found.push(`${file}: import cycle: ${walk(one, file, new Set(component)).join(' -> ')}`)
  }
  for (const file of one.files.keys()) if (!index.has(file)) visit(file)
  return found
}

/**
 * A shortest way from `start` back to itself inside `component`.
 * @param {Package} one
 * @param {string} start
 * @param {ReadonlySet<string>} component
 * @returns {ReadonlyArray<string>}
 */
const walk = (one, start, component) => {
  /** @type {string[][]} */
  let paths = [[start]]
  const seen = new Set()
  while (paths.length > 0) {
    /** @type {string[][]} */
    const longer = []
    for (const path of paths) {
      for (const target of neighbours(one, /** @type {string} */ (path.at(-1)))) {
        if (target === start) return [...path, start].map((file) => relative(join(one.folder, 'src'), file))
        if (!component.has(target) || seen.has(target)) continue
        seen.add(target)
        longer.push([...path, target])
      }
    }
    paths = longer
  }
  return [...component]
}

/**
 * No exported subpath reaches another adapter's driver, however many files lie between.
 * @param {Package} one
 */
const foreignDrivers = (one) =>
  Object.keys(one.manifest.exports ?? {}).flatMap((subpath) => {
    const own = subpath.slice(2)
    const entry = join(one.folder, 'src', own, 'index.ts')
    if (!one.files.has(entry)) return [`${join(one.folder, 'package.json')}: ${subpath} is exported, but there is no ${entry}`]
    const reached = new Set([entry])
    for (const file of reached) for (const target of neighbours(one, file)) reached.add(target)
    return Object.entries(drivers)
      .filter(([driver, home]) => home !== own && [...reached].some((file) => one.files.get(file)?.some(({ specifier }) => splitSpecifier(specifier)[0] === driver)))
      .map(([driver]) => `${entry}: loads the driver ${driver} of another adapter`)
  })

/**
 * @param {Package} one
 * @param {string} file
 */
const neighbours = (one, file) =>
  (one.files.get(file) ?? [])
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier }) => sourceOf(file, specifier))
    .filter((target) => one.files.has(target))

/**
 * @param {string} file
 * @param {string} specifier
 */
const sourceOf = (file, specifier) => resolve(dirname(file), specifier).replace(/\.js$/, '.ts')

/**
 * @param {string} specifier
 * @returns {readonly [packageName: string, subpath: string]}
 */
const splitSpecifier = (specifier) => {
  const parts = specifier.split('/')
  const length = specifier.startsWith('@') ? 2 : 1
  return [parts.slice(0, length).join('/'), ['.', ...parts.slice(length)].join('/')]
}

/**
 * @param {string} folder
 * @returns {Package}
 */
const readPackage = (folder) => ({
  folder,
  manifest: /** @type {Manifest} */ (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))),
  files: new Map(
    (existsSync(join(folder, 'src')) ? readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' }) : [])
      .filter((name) => name.endsWith('.ts'))
      .toSorted()
      .map((name) => [join(folder, 'src', name), readImports(join(folder, 'src', name))]),
  ),
})

/**
 * @param {string} file
 * @returns {ReadonlyArray<Import>}
 */
const readImports = (file) => {
  const text = readFileSync(file, 'utf8')
  const { program, errors } = parseSync(file, text)
  if (errors[0] !== undefined) throw new Error(`${file}: ${errors[0].message}`)
  /** @type {Import[]} */
  const imports = []
  /** @param {unknown} node */
  const visit = (node) => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node !== 'object' || node === null) return
    const { type, source, argument } = /** @type {Readonly<Record<string, any>>} */ (node)
    const from = type === 'TSImportType' ? (source ?? argument?.literal ?? argument) : /^(Import|Export)/.test(String(type)) ? source : undefined
    if (typeof from?.value === 'string') imports.push({ specifier: from.value, line: text.slice(0, from.start).split('\n').length })
    Object.values(node).forEach(visit)
  }
  visit(program)
  return imports
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = resolve(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)))
  const wrong = checkImports(root)
  for (const message of wrong) console.error(message)
  console.log(wrong.length === 0 ? 'imports: nothing wrong' : `imports: ${wrong.length} wrong`)
  process.exitCode = wrong.length === 0 ? 0 : 1
}
