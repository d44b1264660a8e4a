// What may stand on the right of a comparison, by what stands on its left.

import type { RelationshipRef } from '../query/descriptor.js'
import { originOf, withOrigin } from '../query/source.js'
import type { AnyExpr, Expr } from './expr.js'

declare const member: unique symbol

/** A relationship as an operand: compared with objects of its target, or tested for null. `Member` is never for a list. */
export interface RelationshipOperand<Member, A extends string> {
  readonly _tag: 'relationship'
  readonly source: A
  readonly [member]: Member
}

export type AnyRelationshipOperand = RelationshipOperand<unknown, string>

/** An attribute is compared with a value or an expression of its type (never null: that is `isNull`), a relationship with an object. */
export type OperandOf<X> =
  0 extends 1 & X ? unknown
  : X extends RelationshipOperand<infer Member, string> ? Member
  : X extends Expr<infer A, string, string> ? (0 extends 1 & A ? unknown : Expr<A | null, string, string> | NonNullable<A>)
  : never

/** A value of type `A`, or an expression that has one. */
export type Operand<A> = Expr<A | null, string, string> | NonNullable<A>

export type Comparable = AnyExpr | AnyRelationshipOperand

/** The sources read by an operand: none by a plain value. */
export type OperandSources<X> = 0 extends 1 & X ? string : X extends RelationshipOperand<unknown, infer A> ? A : X extends Expr<unknown, infer F, string> ? F : never

/** The sources whose absence makes an operand null. */
export type OperandNulls<X> = 0 extends 1 & X ? string : X extends Expr<unknown, string, infer G> ? G : never

/** Null, where an operand may be null. */
export type OperandNull<X> = 0 extends 1 & X ? never : X extends Expr<infer A, string, string> ? Extract<A, null> : never

/** A relationship of a handle as the plain data that descriptors hold. */
export const relationshipRef = (relationship: AnyRelationshipOperand): RelationshipRef => {
  const { source, entity, name, ofType } = relationship as AnyRelationshipOperand & RelationshipRef // handles make no others
  const ref = { source, entity, name, ...(ofType === undefined ? {} : { ofType }) }
  const origin = originOf(relationship)
  return Object.freeze(origin === undefined ? ref : withOrigin(ref, origin))
}

/** Where the operators that a relationship's comparatorFactory made are. */
export const ownOperators: unique symbol = Symbol.for('relata.operators') as never // a symbol shared between copies of this package

/** The operator of that name that a relationship has of its own, in place of the one that every relationship has. */
export const ownOperator = (relationship: object, name: string): ((...given: readonly unknown[]) => AnyExpr) | undefined => {
  const operators = (relationship as { readonly [ownOperators]?: Readonly<Record<string, (...given: readonly unknown[]) => AnyExpr>> })[ownOperators]
  return operators !== undefined && Object.hasOwn(operators, name) ? operators[name] : undefined
}

export const isRelationship = (x: unknown): x is AnyRelationshipOperand =>
  typeof x === 'object' && x !== null && '_tag' in x && x._tag === 'relationship'
