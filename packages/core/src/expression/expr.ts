// Typed expressions: nodes whose type says what value they have and which sources they read.
//
// An `Expr` is a node of the tree in `node.ts` with phantom types. Nodes that constructors make bear a hidden mark, so that a
// value of the program, however it looks, is never taken for an expression.

import type { QueryNode } from '../query/descriptor.js'

declare const value: unique symbol
declare const reads: unique symbol
declare const nulls: unique symbol

/**
 * `A` is its value; `F` the sources that it reads (names of entities, aliases, tables, subqueries; marks of `foreign` and
 * `remote` travel here too); `G` those sources whose absence, in an outer join, makes it null.
 */
export interface Expr<A, F extends string = never, G extends string = F> {
  readonly _tag: string
  readonly [value]: A
  readonly [reads]: F
  readonly [nulls]: G
}

/** Any expression. */
export type AnyExpr = Expr<unknown, string, string>

/** A truth value in SQL's sense: it may be null. */
export type Condition<F extends string> = Expr<boolean | null, F>

/** The sources that an expression reads. */
export type SourcesOf<X> = 0 extends 1 & X ? string : X extends { readonly [reads]: infer F extends string } ? F : never

// Shared between copies of this package that may be loaded side by side.
const mark = Symbol.for('relata.expression')

/** The one place where a node gets its phantom types: freezes and marks it. */
export function expr<A, F extends string, G extends string = F>(node: QueryNode): Expr<A, F, G>
export function expr(node: object): unknown {
  if (mark in node) return node
  return Object.freeze(Object.defineProperty(Object.isFrozen(node) ? { ...node } : node, mark, { value: true }))
}

/** Was this made by a constructor of expressions? */
export const isExpr = (candidate: unknown): candidate is AnyExpr =>
  typeof candidate === 'object' && candidate !== null && mark in candidate

/** The node that an expression is; what no constructor made, however it looks, throws. */
export const nodeOf = (expression: AnyExpr): QueryNode => {
  if (!isExpr(expression)) throw new TypeError(`${shown(expression)} stands where an expression does: give an attribute, a condition such as eq(User.name, 'ed'), or literal() of a value`)
  return expression as QueryNode // every Expr is made by `expr`
}

const shown = (candidate: unknown): string => (typeof candidate === 'string' ? `'${candidate}'` : typeof candidate === 'object' && candidate !== null ? 'an object' : String(candidate))

/** An expression as it is, null as the word NULL, anything else as a literal; undefined, which is mostly a mistyped name, throws. */
export const operand = (candidate: unknown): QueryNode =>
  isExpr(candidate) ? nodeOf(candidate) : candidate === null ? nothing : Object.freeze({ _tag: 'literal', value: given(candidate) })

/** What is there; undefined throws. */
export const given = (candidate: unknown): unknown => {
  if (candidate === undefined) throw new TypeError('an expression was given undefined where a value stands: give a value, or null')
  return candidate
}

const nothing: QueryNode = Object.freeze({ _tag: 'null' })
