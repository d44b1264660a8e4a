// Who counts the statements of a session: each budget that a program runs under, and what was sent under it.

import type { Query } from '@relata/sql/driver'
import { fail } from '../relata-error.js'
import type { BudgetExceeded } from '../session-error.js'
import type { SessionState } from '../state/model.js'

export interface Budget {
  readonly statements: number
  readonly sent: Query[]
  /** The statement that was one too many. */
  refused: Query | undefined
}

const open = new WeakMap<SessionState, Set<Budget>>()

/** Starts to count what a session sends. */
export const openBudget = (session: SessionState, statements: number): Budget => {
  const budget: Budget = { statements, sent: [], refused: undefined }
  const budgets = open.get(session)
  if (budgets === undefined) open.set(session, new Set([budget]))
  else budgets.add(budget)
  return budget
}

export const closeBudget = (session: SessionState, budget: Budget): void => {
  open.get(session)?.delete(budget)
}

/** Notes what is about to be sent; refuses the first statement that no budget has room for. */
export const countStatements = (session: SessionState, queries: readonly Query[]): void => {
  const budgets = open.get(session)
  if (budgets === undefined || budgets.size === 0) return
  for (const budget of budgets) {
    const room = budget.statements - budget.sent.length
    if (queries.length > room) {
      budget.refused ??= queries[room] ?? queries[0]
      fail(exceeded(budget))
    }
  }
  for (const budget of budgets) budget.sent.push(...queries)
}

/** What a program fails with that wanted to send more than its budget. */
export const exceeded = ({ statements, sent, refused }: Budget): BudgetExceeded => {
  const all = refused === undefined ? sent : [...sent, refused]
  return {
    _tag: 'BudgetExceeded', code: 'budget', message: `the program may send ${statements} statements, and wanted to send more:\n${all.map(({ sql }, index) => `  ${index + 1}. ${sql}`).join('\n')}`,
    hint: 'load what it reads one by one with the query that brings the objects: options(selectinload(…)), or load(…) of all of them at once',
    statements: all.map(({ sql, kind, table }) => ({ sql, kind, table })),
  }
}
