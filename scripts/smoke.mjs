// Installs the built packages in an empty folder as npm would (what `files` publishes, what the manifest declares, nothing else),
// and imports every subpath in a plain node of its own: first without any driver, then with the drivers that are there.

import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/**
 * @typedef {{ readonly name: string, readonly exports: Readonly<Record<string, { readonly types: string, readonly default: string }>>,
 *   readonly dependencies?: Readonly<Record<string, string>>, readonly peerDependencies?: Readonly<Record<string, string>>,
 *   readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>> }} Manifest
 */

const root = fileURLToPath(new URL('..', import.meta.url))
const requireAll = process.env['RELATA_REQUIRE_ALL'] === '1'
const run = promisify(execFile)
const consumer = mkdtempSync(join(tmpdir(), 'relata-smoke-'))

/** Each driver's adapter; the other adapters must load where no driver is installed. */
const adapterOf = /** @type {Readonly<Record<string, string>>} */ ({
  postgres: 'postgres',
  mysql2: 'mysql',
  'better-sqlite3': 'sqlite',
  '@electric-sql/pglite': 'pglite',
  pg: 'pg',
})

/**
 * @param {string} name
 * @param {string} from the folder of the package that declares it
 */
const link = (name, from) => {
  const source = [from, root].map((folder) => join(folder, 'node_modules', name)).find(existsSync)
  const target = join(consumer, 'node_modules', name)
  if (source === undefined || existsSync(target)) return source !== undefined
  mkdirSync(dirname(target), { recursive: true })
  symlinkSync(realpathSync(source), target, 'junction')
  return true
}

/** @param {string} specifier */
const names = async (specifier) => {
  const program = `console.log(JSON.stringify(Object.keys(await import(${JSON.stringify(specifier)}))))`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: consumer })
  return /** @type {ReadonlyArray<string>} */ (JSON.parse(stdout))
}

let failed = 0
let skipped = 0

/** @param {string} specifier */
const tryOut = async (specifier) => {
  try {
    const found = await names(specifier)
    if (found.length === 0) throw new Error('exports no value')
    console.log(`ok    ${specifier}: ${found.length} exports, ${found.slice(0, 3).join(', ')}${found.length > 3 ? ', …' : ''}`)
  } catch (error) {
    failed += 1
    console.log(`FAIL  ${specifier}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

try {
  const folders = readdirSync(join(root, 'packages')).map((folder) => join(root, 'packages', folder)).filter((folder) => existsSync(join(folder, 'package.json')))
  const packages = folders.map((folder) => ({ folder, manifest: /** @type {Manifest} */ (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))) }))

  for (const { folder, manifest } of packages) {
    const target = join(consumer, 'node_modules', manifest.name)
    for (const part of ['package.json', 'dist']) cpSync(join(folder, part), join(target, part), { recursive: true })
    const required = [...Object.keys(manifest.dependencies ?? {}), ...Object.keys(manifest.peerDependencies ?? {}).filter((name) => manifest.peerDependenciesMeta?.[name]?.optional !== true)]
    for (const name of required) if (!name.startsWith('@relata/') && !link(name, folder)) throw new Error(`${manifest.name} declares ${name}, which is not installed`)
    for (const [subpath, { types }] of Object.entries(manifest.exports)) if (!existsSync(join(target, types))) throw new Error(`${manifest.name}: ${subpath} has no ${types}`)
  }

  const subpaths = packages.flatMap(({ manifest }) => Object.keys(manifest.exports).map((subpath) => `${manifest.name}${subpath.slice(1)}`))
  const adapters = new Set(Object.values(adapterOf).map((adapter) => `@relata/adapters/${adapter}`))
  for (const specifier of subpaths.filter((one) => !adapters.has(one))) await tryOut(specifier)

  for (const { folder } of packages) for (const driver of Object.keys(adapterOf)) link(driver, folder)
  for (const [driver, adapter] of Object.entries(adapterOf)) {
    const specifier = `@relata/adapters/${adapter}`
    if (!subpaths.includes(specifier)) continue
    const there = await names(driver).then(() => true, () => false)
    if (there || requireAll) await tryOut(specifier)
    else {
      skipped += 1
      console.log(`skip  ${specifier}: ${driver} is not installed here`)
    }
  }
} finally {
  rmSync(consumer, { recursive: true })
}

console.log(`smoke: ${failed === 0 ? 'every subpath loads' : `${failed} failed`}${skipped === 0 ? '' : `, ${skipped} skipped`}`)
process.exitCode = failed === 0 ? 0 : 1
