// Runs a compiler on a program in a folder of its own, against this package's declarations.

import { execFile } from 'node:child_process'
import { mkdtemp, mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

export interface Compiled {
  readonly succeeded: boolean
  readonly output: string
  /** The size of the declarations that it wrote. */
  readonly declarationBytes: number
  /** The figure of that name among the diagnostics. */
  readonly figure: (name: string) => number
}

/** The name under which a version of the compiler is installed. */
export type Compiler = 'typescript' | 'typescript-6' | 'typescript-5.9'

export interface CompileOptions {
  readonly compiler?: Compiler
  /** Against the built declarations, as a consumer; else against the sources. */
  readonly published?: boolean
  /** With all declarations that are read checked too. */
  readonly checked?: boolean
}

/** Compiles a program that imports this package. */
export const compile = async (source: string, { compiler = 'typescript', published = false, checked = false }: CompileOptions = {}): Promise<Compiled> => {
  const folder = await mkdtemp(join(tmpdir(), 'relata-types-'))
  try {
    await mkdir(join(folder, 'node_modules/@relata'), { recursive: true })
    for (const name of ['fp-ts', 'io-ts']) await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name))
    await symlink(join(root, 'packages/core'), join(folder, 'node_modules/@relata/core'))
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
    await writeFile(join(folder, 'program.ts'), source)
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options(published, checked), include: ['program.ts'] }))
    const { code, output } = await run(join(root, 'node_modules', compiler, 'bin/tsc'), folder)
    return { succeeded: code === 0, output, declarationBytes: await sizeOf(join(folder, 'out')), figure: (name) => Number(new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(output)?.[1]) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const options = (published: boolean, checked: boolean) => ({
  strict: true,
  target: 'es2022',
  lib: ['es2023'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: !checked,
  declaration: true,
  emitDeclarationOnly: true,
  // Sources of two places are read: this one's and the package's.
  rootDir: '/',
  outDir: 'out',
  types: [],
  ...(published ? {} : { paths: { '@relata/core': [join(root, 'packages/core/src/index.ts')] } }),
})

const run = (tsc: string, cwd: string): Promise<{ readonly code: number; readonly output: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [tsc, '-p', cwd, '--extendedDiagnostics'], { cwd, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, output: `${stdout}${stderr}` })
    })
  })

const sizeOf = async (folder: string): Promise<number> => {
  const files = await readdir(folder, { recursive: true }).catch(() => [])
  const sizes = await Promise.all(files.filter((file) => file.endsWith('program.d.ts')).map(async (file) => (await stat(join(folder, file))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}
