// A load plan: which statements a query takes, and how their rows become objects. Plain data that names entities, attributes and
// relationships and holds no value and no function, so that one plan serves every query of its shape and can be compared and kept.

import type { ColumnRef } from '../../configure/mapping.js'
import type { ColumnType } from '../../schema/column-type.js'
import type { SelectAst } from '../select-ast.js'

export interface LoadPlan {
  readonly _tag: 'LoadPlan'
  readonly version: 1
  /** Of the mapping that it was made from: it is good for no other. */
  readonly fingerprint: string
  readonly statement: SelectAst
  readonly result: EntityRead | FieldsRead
  /** Offsets of what the query asked to be read beside its result: see `SelectDescriptor.keyset`. */
  readonly keyset?: readonly number[]
}

/** Objects of one entity within the rows of a statement. */
export interface EntityRead {
  readonly _tag: 'entity'
  readonly entity: string
  /** The alias that the columns come from, for people. */
  readonly source: string
  /** Offsets of the primary key, in key order. */
  readonly key: readonly number[]
  /** Offset of the column that tells which of `kinds` a row is. */
  readonly discriminator?: number
  /** What a row can be, the entity itself first: what is read for each. */
  readonly kinds: readonly KindRead[]
  readonly related: readonly RelatedRead[]
  /** Relationships that are not loaded at all: null or empty. */
  readonly empty: readonly { readonly of: string; readonly name: string }[]
  readonly followUps: readonly FollowUp[]
  /** Relationships whose further statement a cycle stops: neither loaded nor, where everything is loaded anew, forgotten. */
  readonly stopped: readonly { readonly of: string; readonly name: string }[]
  /** Names of the relationships that lead here from the root: by it the options that travel with the objects are found. */
  readonly path: readonly string[]
}

export interface KindRead {
  readonly entity: string
  readonly identity?: string | number
  /** In slot order. */
  readonly columns: readonly AttributeRead[]
}

export interface AttributeRead { readonly attribute: string; readonly offset: number }

/** A relationship filled from further columns of the same rows. */
export interface RelatedRead {
  /** The relationship belongs to this entity or to those below it; objects of other entities of the read do not have it. */
  readonly of: string
  readonly name: string
  readonly read: EntityRead
  /** A condition of its own, or of the query's join, decides which objects there are. */
  readonly conditional?: true
}

/** A relationship filled by a further statement, once the rows of this one are objects. */
export interface FollowUp {
  readonly strategy: 'selectin' | 'subquery' | 'immediate'
  readonly of: string
  readonly name: string
  /** Parents that one statement asks for. */
  readonly chunk: number
  /** The same again from the objects that it brings: so many levels more, -1 without end. */
  readonly recursion?: number
  /** Left out where a cycle stops the plan: an immediate load then asks the identity map for a reference, and plans on for anything else. */
  readonly load?: RelatedLoad
}

/** A statement that brings the objects of a relationship, and how they go to their parents. */
export interface RelatedLoad {
  /** The entity that declares the relationship, and its name. */
  readonly entity: string
  readonly name: string
  /** Where the parents' values come from. */
  readonly keys: ParentKeys
  /** Offsets of the same values in the rows; empty where the statement is for one parent. */
  readonly group: readonly number[]
  readonly plan: LoadPlan
  /** Its rows may have an object more than once for one parent: what stands between has no key that keeps pairs apart. */
  readonly repeats?: true
  /** An option's own condition holds for what it brings, so that an object found by its key need not be it. */
  readonly conditional: boolean
  /** Used where a parent does not have the values of `keys` loaded. */
  readonly fallback?: RelatedLoad
}

export type ParentKeys =
  /** One statement for many parents: a list slot of their values (of tuples where there are several columns). */
  | { readonly _tag: 'list'; readonly slot: number; readonly columns: readonly ColumnRef[] }
  /** One statement for one parent: a slot a column. */
  | { readonly _tag: 'binds'; readonly slots: readonly number[]; readonly columns: readonly ColumnRef[] }
  /** The statement repeats the parents' own as a subquery. */
  | { readonly _tag: 'repeated'; readonly columns: readonly ColumnRef[] }

/** Rows of named values; a field that is an attribute is read by its codec. */
export interface FieldsRead {
  readonly _tag: 'fields'
  readonly fields: readonly { readonly name: string; readonly offset: number; readonly attribute?: { readonly entity: string; readonly name: string } }[]
}

/** What fills a slot: given with the query, or read from an object when the query runs, after its autoflush. */
export type SlotValue =
  | { readonly _tag: 'value'; readonly value: unknown; readonly type?: ColumnType<unknown> }
  | { readonly _tag: 'list'; readonly values: readonly unknown[]; readonly type?: ColumnType<unknown> }
  /** With `unset` null an object that was never given the value is one without it; otherwise the query is refused. */
  | { readonly _tag: 'columnOf'; readonly object: object; readonly column: ColumnRef; readonly unset: 'null' | 'refused' }
