// A change that was made and taken back, before, between and after.

import type { WhatIf } from '../questions/what-if.js'
import { whole } from './amount.js'
import { flushPlan } from './flush-plan.js'
import { grid } from './grid.js'
import { remark } from './heading.js'
import type { Screen } from './screen.js'

export const whatIf = (screen: Screen, { changed, plan, before, flushed, after }: WhatIf): readonly string[] => {
  const moments = [before, flushed, after]
  return [
    ...remark(screen, 'The plan of the flush, before anything is sent:'),
    ...flushPlan(screen, plan),
    '',
    ...grid(screen, [{ title: '' }, { title: 'before', least: 8 }, { title: 'flushed', least: 8 }, { title: 'rolled back', least: 8 }], [
      ['versions', ...moments.map(({ versions }) => whole(versions))],
      ['dependencies', ...moments.map(({ dependencies }) => whole(dependencies))],
      ['licence', ...moments.map(({ licence }) => licence)],
      ['keywords', ...moments.map(({ keywords }) => whole(keywords.length))],
    ]),
    ...remark(screen, `Licence and keywords are those of the object ${changed} in memory: a rollback restores objects, not only rows.`),
  ]
}
