// The demo as a program: read, load, ask.

import { pglite } from '@relata/adapters/pglite'
import { add, commit, createAll, disconnect, run } from '@relata/session'
import type { Db, SessionError } from '@relata/session'
import type { Adapter } from '@relata/sql/driver'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { readInstalled } from './installed/read-installed.js'
import { journal } from './journal.js'
import type { Journal } from './journal.js'
import { objectsOf } from './load/objects.js'
import type { Objects } from './load/objects.js'
import type { LockfileProblem } from './lockfile/lockfile-problem.js'
import { readLockfile } from './lockfile/read-lockfile.js'
import { bytes, counted, duration, whole } from './print/amount.js'
import { heading, remark } from './print/heading.js'
import { progress } from './print/progress.js'
import { writeLines } from './print/screen.js'
import type { Screen } from './print/screen.js'
import { sent } from './print/sent.js'
import { questions, subjects } from './questions/ask.js'
import { graph } from './schema.js'

export interface Setting {
  readonly screen: Screen
  readonly root: string
  /** The package that the reader wants to know about. */
  readonly named: string | undefined
  readonly now: () => number
  /** PGlite where none is given. */
  readonly adapter?: Adapter
}

/** Runs the demo. Left where there is nothing to read, or a statement failed. */
export const demo = (setting: Setting): TaskEither<LockfileProblem | SessionError, void> => async () => {
  const { screen, root, named, now } = setting
  const started = now()
  writeLines(screen, [screen.colours.bold('Relata'), ...remark(screen, `The packages that ${root} depends on, from its lockfile into a database, and asked about.`), ''])
  const objects = await prepare(setting)
  if (E.isLeft(objects)) return objects

  const adapter = setting.adapter ?? pglite()
  const sentNow = journal()
  const session = <A>(program: Db<A>) => run(graph, adapter, { onStatement: sentNow.listen })(program)()
  try {
    const loaded = await loadAll(setting, sentNow, session, objects.right)
    if (E.isLeft(loaded)) return loaded

    const about = await session(subjects(named))
    if (E.isLeft(about)) return about
    sentNow.take()
    for (const { title, answer, texts } of questions(about.right)) {
      const answered = await session(answer(screen)) // each with a session of its own: nothing is known from the last
      if (E.isLeft(answered)) return answered
      writeLines(screen, [...heading(screen, title), ...answered.right, ...sent(screen, sentNow.take(), texts)])
    }
    writeLines(screen, ['', ...remark(screen, `Done in ${duration(now() - started)}. Ask about another package: pnpm demo picocolors`)])
    return E.right(undefined)
  } finally {
    await disconnect(adapter)()
  }
}

/** What the files say, as objects. */
const prepare = async ({ screen, root, now }: Setting): Promise<E.Either<LockfileProblem, Objects>> => {
  const reading = progress(screen, 'read', now)
  const found = await readLockfile(root)()
  if (E.isLeft(found)) {
    reading.failed()
    return found
  }
  const { versions, edges } = found.right
  reading.done(`${counted(versions.length, 'version')} and ${whole(edges.length)} dependencies between them`)

  const measuring = progress(screen, 'measure', now)
  const installed = await readInstalled(root, measuring.advance)
  measuring.done(`${counted(installed.size, 'installed package')}, ${bytes([...installed.values()].reduce((sum, { bytes: size }) => sum + size, 0))}`)

  const making = progress(screen, 'create', now)
  const objects = objectsOf(found.right, installed)
  making.done('objects, linked in memory')
  return E.right(objects)
}

/** Tables and rows, in one transaction. */
const loadAll = async (
  { screen, now }: Setting,
  sentNow: Journal,
  session: <A>(program: Db<A>) => Promise<E.Either<SessionError, A>>,
  { packages, rows }: Objects,
): Promise<E.Either<SessionError, void>> => {
  const opening = progress(screen, 'open', now, 'starting PostgreSQL in this process')
  const created = await session(pipe(createAll(graph), RTE.chain(() => commit)))
  if (E.isLeft(created)) opening.failed()
  else opening.done(`PostgreSQL in this process, with ${counted(sentNow.take().filter(({ kind }) => kind === 'ddl').length, 'table')}`)
  if (E.isLeft(created)) return created

  const loading = progress(screen, 'load', now, 'planning the flush')
  let written = 0
  const forget = sentNow.follow((event) => {
    written += event.kind === 'insert' ? event.rows : 0
    loading.advance(written, rows)
  })
  const loaded = await session(pipe(add(...packages), RTE.chain(() => commit)))
  forget()
  if (E.isLeft(loaded)) loading.failed()
  else loading.done(`${counted(written, 'row')} in ${counted(sentNow.take().filter(({ kind }) => kind === 'insert').length, 'statement')}, one commit`)
  return loaded
}
