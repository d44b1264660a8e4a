// Handles: what programs write queries and verbs with. `User` has a node for each attribute, `User.name`, and a value for each
// relationship, `User.addresses`; everything else about it sits behind one symbol, so that attributes may have any name.

import type { Expr } from '../expression/expr.js'
import type { RelationshipOperand } from '../expression/operand.js'
import type { RegistryDescriptor } from '../mapping/registry-descriptor.js'
import type { EntitySource } from '../query/descriptor.js'
import type { Origin } from '../query/source.js'
import type { Unchecked } from './inference-position.js'
import type { Tracked } from './tracked.js'

/** An entity or alias as a source of queries. */
export interface EntityOrigin extends Origin { readonly source: EntitySource }

/** Where the internals of handles and relationships are. */
export const internals: unique symbol = Symbol.for('relata.handle') as never // a symbol shared between copies of this package

/** What a handle, or a relationship of one, stands for. */
export interface HandleInternals {
  readonly registry: RegistryDescriptor
  readonly entity: string
  /** The entity's name, or the alias's. */
  readonly source: string
  /** What it is read from where that is not its own tables. */
  readonly origin?: EntityOrigin
}

/** The part of a handle that carries its types: model, entity, name in a query. */
export interface HandleOf<M, N, A extends string = string> {
  readonly [internals]: HandleInternals & { readonly types?: { readonly model: M; readonly entity: N; readonly source: A } }
}

/** Any handle. */
export type AnyHandle = HandleOf<unknown, unknown>

/** An attribute of an entity or alias: an expression. */
export interface Attr<A, F extends string, K> extends Expr<A, F> {
  readonly _tag: 'attribute'
  readonly name: K
}

declare const related: unique symbol

/**
 * A relationship of an entity or alias: model `M`, entity `N`, name `K`, target `T`, whether a list `L`, the source `A` that it
 * starts from and the source `B` under which its target's columns are read.
 */
export interface Rel<M, N, K, T, L, A extends string = string, B extends string = T & string>
  extends RelationshipOperand<L extends true ? never : MemberOf<M, T>, A> {
  readonly _tag: 'relationship'
  readonly name: K
  readonly source: A
  readonly [internals]: HandleInternals & { readonly types?: { readonly model: M; readonly entity: N; readonly source: A } }
  readonly [related]: { readonly target: T; readonly list: L; readonly as: B }
}

/** Any relationship. */
export interface AnyRel extends RelationshipOperand<unknown, string> {
  readonly name: unknown
  readonly [internals]: HandleInternals
}

/** An object of entity T, of whatever kind where only run time knows which. */
type MemberOf<M, T> = string extends T ? Unchecked : M extends { readonly [N in T & string]: { readonly line: infer L } } ? Tracked<L, {}> : never

/** What a handle or a relationship stands for: its registry (as data), entity and source. */
export const handleOf = (handle: AnyHandle | AnyRel): HandleInternals => handle[internals]

/** A handle as a source of queries. */
export const originOfHandle = (handle: AnyHandle): EntityOrigin => {
  const { entity, source, origin } = handleOf(handle)
  return origin ?? { source: { _tag: 'entity', entity, source } }
}

/** Is it a handle? */
export const isHandle = (x: unknown): x is AnyHandle => hasInternals(x) && !isRel(x)

/** Is it a relationship of a handle? A handle, whose attributes may have any name, is known by having no prototype. */
export const isRel = (x: unknown): x is AnyRel => hasInternals(x) && Object.getPrototypeOf(x) !== null

function hasInternals(x: unknown): x is object {
  return typeof x === 'object' && x !== null && internals in x
}
