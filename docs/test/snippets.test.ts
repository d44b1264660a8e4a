import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import pg from 'pg'
import { compile, execute, root, tidy } from './snippet/build.js'
import type { Complaint } from './snippet/build.js'
import { programsIn } from './snippet/extract.js'
import type { Program } from './snippet/extract.js'

const pages = ['README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)]
const programs = pages.flatMap((page) => programsIn(page, readFileSync(join(root, page), 'utf8')))

const answers = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  return client.connect().then(() => client.end()).then(() => true, () => false)
}
const postgresqlAnswers = await answers(process.env['RELATA_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test')
const isRunnable = ({ needsPostgresql }: Program): boolean => !needsPostgresql || postgresqlAnswers

let complaints: readonly Complaint[] = []
beforeAll(async () => {
  complaints = await compile(programs)
}, 240_000)
afterAll(tidy)

const at = ({ page, line, text }: Complaint): string => `${page}:${line}: ${text}`

it('there is nothing that the compiler says of no page', () => {
  expect(complaints.filter(({ page }) => !pages.includes(page)).map(at)).toEqual([])
})

describe.each(pages)('%s', (page) => {
  it('has code that compiles', () => {
    expect(complaints.filter((complaint) => complaint.page === page).map(at)).toEqual([])
  })

  const own = programs.filter((program) => program.page === page)
  const [runnable, others] = [own.filter(isRunnable), own.filter((program) => !isRunnable(program))]
  for (const { line } of others) it.skip(`line ${line} runs: no PostgreSQL server answers`, () => undefined)
  it.runIf(runnable.length > 0).each(runnable.map((program) => [program.line, program] as const))('line %d runs, and prints what the page shows', async (line, program) => {
    const { status, stdout, stderr } = await execute(program)
    expect({ where: `${page}:${line}`, status, stderr: status === 0 ? '' : stderr }).toEqual({ where: `${page}:${line}`, status: 0, stderr: '' })
    if (program.output !== undefined) expect(stdout).toBe(program.output)
  }, 300_000)
})

describe('links between pages', () => {
  it.each(pages)('%s leads to files that are there', (page) => {
    const text = readFileSync(join(root, page), 'utf8')
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, target]) => target ?? '')
    const missing = links.filter((target) => {
      try {
        readdirSync(join(root, page, '..', target))
        return false
      } catch (error) {
        return (error as { readonly code?: string }).code !== 'ENOTDIR'
      }
    })
    expect(missing).toEqual([])
  })
})
