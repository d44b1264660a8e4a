// foreign() and remote(): marks on parts of a join condition.

import { expr, nodeOf } from './expr.js'
import type { Expr } from './expr.js'

/** An expression that is one column of one table, marked or not: `remote` tells the compiler which. */
export interface ColumnExpr<A, T extends string, K, F extends string = T> extends Expr<A, F> {
  readonly table: T
  readonly column: K
}

/**
 * Marks the columns of an expression as the foreign key side of the join; the expression given is left as it is.
 *
 * @example
 * relationship('Line', { primaryjoin: eq(orders.c.code, foreign(lines.c.orderCode)) })
 */
export function foreign<A, T extends string, K extends string, F extends string>(column: ColumnExpr<A, T, K, F>): ColumnExpr<A, T, K, F | `foreign ${T}.${K}`>
export function foreign<A, F extends string>(expression: Expr<A, F>): Expr<A, F | `foreign ${F}`>
export function foreign<A, F extends string>(expression: Expr<A, F>): Expr<A, F | `foreign ${F}`> {
  return expr({ _tag: 'marked', mark: 'foreign', arg: nodeOf(expression) })
}

/**
 * Marks the columns of an expression as the target's side of the join; the expression given is left as it is.
 *
 * @example
 * relationship('Folder', { primaryjoin: eq(folders.c.parentId, remote(folders.c.id)) })
 */
export function remote<A, T extends string, K extends string, F extends string>(column: ColumnExpr<A, T, K, F>): ColumnExpr<A, T, K, F | `remote ${T}.${K}`>
export function remote<A, F extends string>(expression: Expr<A, F>): Expr<A, F | `remote ${F}`>
export function remote<A, F extends string>(expression: Expr<A, F>): Expr<A, F | `remote ${F}`> {
  return expr({ _tag: 'marked', mark: 'remote', arg: nodeOf(expression) })
}
