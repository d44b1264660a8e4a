// A planned join as a Kysely query of one's own: whatever columns, whatever further conditions.

import type { From, JoinPlan } from '@relata/core'
import type { Kysely } from 'kysely'
import { renderSelect } from './kysely/render-select.js'
import type { Selecting, Tables } from './kysely/render-select.js'

/** Parents joined to the targets of a relationship: the start of a query, with the columns that are asked for, by alias. */
export const renderJoin = (db: Kysely<Tables>, plan: JoinPlan, columns: Readonly<Record<string, readonly [source: string, name: string]>>): Selecting =>
  renderSelect(db, {
    _tag: 'selectAst',
    ctes: [],
    distinct: false,
    columns: Object.entries(columns).map(([name, [source, column]]) => ({ name, expr: { _tag: 'column', source, name: column } })),
    from: [joined(plan)],
    groupBy: [],
    setOperations: [],
    orderBy: plan.orderBy,
  }, new Map())

const joined = ({ parent, target, secondary, on, secondaryOn }: JoinPlan): From =>
  secondary === undefined || secondaryOn === undefined
    ? { _tag: 'join', kind: 'inner', left: parent, right: target, on }
    : { _tag: 'join', kind: 'inner', left: { _tag: 'join', kind: 'inner', left: parent, right: secondary, on }, right: target, on: secondaryOn }
