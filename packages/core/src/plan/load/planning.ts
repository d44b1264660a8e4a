// What the passes of one plan share: the mapping, the slots of the query's values, and the names given so far.

import type { Mapping } from '../../configure/mapping.js'
import type { LoaderOption } from '../../query/descriptor.js'
import { QueryRefusal } from './query-error.js'
import type { QueryShape } from './query-shape.js'

export type CriteriaOption = Extract<LoaderOption, { readonly _tag: 'criteria' }>

export interface Planning {
  readonly mapping: Mapping
  readonly shape: QueryShape
  /** A query of the mapping itself has no slots: its values are constants. */
  readonly values: 'slots' | 'constants'
  /** Criteria that hold wherever their entity occurs. */
  readonly criteria: readonly CriteriaOption[]
  /** A fresh alias after a table's name: `users_1`, `users_2`, … */
  readonly alias: (name: string) => string
  /** A slot beyond the query's own: for keys that are known when the statement runs. */
  readonly slot: () => number
}

/** Starts planning a query of this shape; refuses one whose values are wrong in themselves. */
export const startPlanning = (mapping: Mapping, shape: QueryShape, criteria: readonly CriteriaOption[]): Planning => {
  if (shape.refused !== undefined) throw new QueryRefusal(shape.refused)
  const counts = new Map<string, number>()
  let slots = shape.values.length
  return {
    mapping, shape, criteria, values: 'slots',
    alias: (name) => {
      const base = name.slice(0, 40)
      const count = (counts.get(base) ?? 0) + 1
      counts.set(base, count)
      return `${base}_${count}`
    },
    slot: () => slots++,
  }
}

/** Planning of a query that a mapping is made of. */
export const planningOfMapping = (mapping: Mapping): Planning =>
  ({ ...startPlanning(mapping, { key: '', values: [], slots: new Map(), limits: new Map() }, []), values: 'constants' })
