// A load plan for reading: which statements, and what is filled from each.

import type { EntityRead, LoadPlan } from '@relata/core'
import type { Screen } from './screen.js'
import { tree } from './tree.js'
import type { TreeNode } from './tree.js'

/** A tree of entities: below each the relationships that come in the same rows, and those that take a further statement. */
export const loadPlan = (screen: Screen, plan: LoadPlan): readonly string[] =>
  tree(screen, plan.result._tag === 'entity'
    ? entity('one statement', plan.result)
    : { label: 'one statement', note: `rows of ${plan.result.fields.map(({ name }) => name).join(', ')}` })

const entity = (label: string, read: EntityRead): TreeNode => ({
  label,
  note: `${read.entity} with ${(read.kinds[0]?.columns ?? []).map(({ attribute }) => attribute).join(', ')}`,
  children: [
    ...read.related.map(({ of, name, read: inner }) => entity(`${of}.${name} in the same rows`, inner)),
    ...read.followUps.map(({ of, name, strategy, load }): TreeNode =>
      load?.plan.result._tag === 'entity'
        ? entity(`${of}.${name} by a ${strategy} statement`, load.plan.result)
        : { label: `${of}.${name} from objects that are there` }),
  ],
})
