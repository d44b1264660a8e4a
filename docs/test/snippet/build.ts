// Compiles the programs of all pages in one run of the compiler, as a stranger's project would be compiled.

import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Program } from './extract.js'

export const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = join(root, 'tmp', `docs-${process.pid}`)

export interface Complaint { readonly page: string; readonly line: number; readonly text: string }
export interface Outcome { readonly status: number; readonly stdout: string; readonly stderr: string }

const sourceOf = (program: Program): string => join(folder, 'src', program.page.replace(/\.md$/, ''), program.file)
const compiledOf = (program: Program): string => sourceOf(program).replace(join(folder, 'src'), join(folder, 'out')).replace(/\.ts$/, '.js')

/** What the compiler says about the programs, by page and line. */
export const compile = async (programs: readonly Program[]): Promise<readonly Complaint[]> => {
  for (const program of programs) {
    mkdirSync(dirname(sourceOf(program)), { recursive: true })
    writeFileSync(sourceOf(program), program.source)
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
    extends: relative(folder, join(root, 'tsconfig.test.json')),
    compilerOptions: { noEmit: false, rootDir: 'src', outDir: 'out', sourceMap: true, noUnusedLocals: false, noUnusedParameters: false, types: ['node'], lib: ['es2023'] },
    include: ['src'],
  }))
  const { stdout, stderr } = await run(join(root, 'node_modules/typescript/bin/tsc'), ['-p', folder, '--pretty', 'false'])
  const pages = new Map(programs.map((program) => [relative(root, sourceOf(program)), program.page]))
  return `${stdout}${stderr}`.split('\n').filter((text) => text.trim() !== '').reduce<Complaint[]>((complaints, text) => {
    const found = /^(\S.*?)\((\d+),\d+\): (.*)$/.exec(text)
    const last = complaints.at(-1)
    if (found !== null) complaints.push({ page: pages.get(relative(root, join(root, found[1] ?? ''))) ?? found[1] ?? '', line: Number(found[2]), text: found[3] ?? '' })
    else if (last !== undefined) complaints[complaints.length - 1] = { ...last, text: `${last.text}\n${text}` }
    else complaints.push({ page: '', line: 0, text })
    return complaints
  }, [])
}

/** Runs a compiled program in a Node of its own; errors name the page's lines. */
export const execute = (program: Program): Promise<Outcome> => run('--enable-source-maps', [compiledOf(program)])

export const tidy = (): void => rmSync(folder, { recursive: true, force: true })

const run = (first: string, rest: readonly string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    execFile(process.execPath, [first, ...rest], { cwd: root, env: { ...process.env, NO_COLOR: '1' }, timeout: 240_000, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stdout, stderr })
    })
  })
