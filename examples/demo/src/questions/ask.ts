// The questions in their order, each with how its answer is drawn.

import { configure, explain, planLoad } from '@relata/core'
import type { Db } from '@relata/session'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { bytes, counted, whole } from '../print/amount.js'
import { bars } from '../print/bars.js'
import { dependents } from '../print/dependents.js'
import { grid } from '../print/grid.js'
import { remark } from '../print/heading.js'
import type { Screen } from '../print/screen.js'
import { cut } from '../print/text.js'
import { whatIf as drawWhatIf } from '../print/what-if.js'
import { graph } from '../schema.js'
import { dependentsOf } from './dependents.js'
import { heaviest, heaviestQuery } from './heaviest.js'
import { licences, makers } from './licences.js'
import { unasked } from './unasked.js'
import { whatIf } from './what-if.js'

export interface Question {
  readonly title: string
  /** Lines of the answer. */
  readonly answer: (screen: Screen) => Db<readonly string[]>
  /** Texts of statements that are shown. */
  readonly texts: number
}

/** What the questions are about: a package that nobody asked for, or that the reader named, and the heaviest. */
export interface Subjects { readonly needed: string; readonly heaviest: string }

/** The subjects of the questions; none where there are no packages. */
export const subjects = (named: string | undefined): Db<Subjects> => pipe(
  RTE.Do,
  RTE.bind('needed', () => (named === undefined ? farthest : RTE.right(named))),
  RTE.bind('versions', () => heaviest(1)),
  RTE.map(({ needed, versions }) => ({ needed, heaviest: versions[0]?.package.name ?? '' })),
)

/** Of the packages that most need without our asking, the one that reaches farthest. */
const farthest: Db<string> = pipe(
  unasked(5),
  RTE.chain(RTE.traverseSeqArray(({ name }) => pipe(dependentsOf(name), RTE.map(({ levels }) => ({ name, steps: levels.length }))))),
  RTE.map((reached) => reached.reduce((best, each) => (each.steps > best.steps ? each : best), { name: '', steps: 0 }).name),
)

export const questions = ({ needed, heaviest: heavy }: Subjects): readonly Question[] => [
  {
    title: 'What do we need most without having asked for it?',
    texts: 1,
    answer: (screen) => pipe(unasked(5), RTE.map((rows) => grid(
      screen,
      [{ title: 'package', least: 12 }, { title: 'version', least: 6 }, { title: 'needed by', align: 'right' }],
      rows.map(({ name, number, dependents: by }) => [name, number, whole(by)]),
    ))),
  },
  {
    title: `Who needs ${needed}, and how far away?`,
    texts: 2,
    answer: (screen) => pipe(dependentsOf(needed), RTE.map((found) =>
      found.levels[0]?.length === 0 ? remark(screen, `There is no ${needed} in this graph.`) : dependents(screen, found))),
  },
  {
    title: 'What takes the most room?',
    texts: 1,
    answer: (screen) => pipe(heaviest(7), RTE.map((versions) => [
      ...bars(screen, versions.map((version) => ({ label: `${version.package.name} ${version.number}`, amount: version.bytes ?? 0, written: bytes(version.bytes ?? 0), note: version.licence?.name ?? 'no licence' }))),
      ...(versions.length === 0 ? remark(screen, 'Nothing is installed here: `pnpm install` brings the packages.') : []),
      '',
      ...remark(screen, 'The plan that the query took, made before there was a database:'),
      ...planned(screen),
    ])),
  },
  {
    title: 'Under which licences, and by whom?',
    texts: 1,
    answer: (screen) => pipe(
      RTE.Do,
      RTE.bind('byLicence', () => licences),
      RTE.bind('byName', () => makers(4)),
      RTE.map(({ byLicence, byName }) => [
        ...bars(screen, byLicence.slice(0, 6).map(({ licence, versions }) => ({ label: licence, amount: versions, written: whole(versions) }))),
        ...remark(screen, byName.length === 0 ? '' : `Most is by ${byName.map(({ name, versions }) => `${name} (${counted(versions, 'version')})`).join(', ')}.`),
      ]),
    ),
  },
  {
    title: `What if we did without ${needed}?`,
    texts: 3,
    answer: (screen) => pipe(whatIf(needed, heavy), RTE.map((result) => drawWhatIf(screen, result))),
  },
]

const planned = (screen: Screen): readonly string[] => pipe(
  configure(graph),
  E.chainW((mapping) => planLoad(mapping, heaviestQuery(7))),
  E.match(() => [], ({ plan }) => explain(plan).split('\n').map((line) => cut(line, screen.width))),
)
