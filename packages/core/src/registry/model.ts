// The model of a registry: per entity its columns, row, relationships and line of inheritance, computed once behind one name.

import type { Backref, Relationship } from '../mapping/relationship.js'
import type { Entity } from '../mapping/entity.js'
import type { Column, PrimaryKeyOf, ValueOf } from '../schema/column.js'
import type { IsList, IsNotNull, TableColumnsOf, TableNameOf } from './cardinality.js'
import type { Unchecked } from './inference-position.js'

/**
 * A relationship as the model knows it: target, many or one ('handle' for those that never load as a whole), lazy, nullable or not,
 * the class of its collection, the name that its target's columns bear in a query, its own operators, and what its handle has of its own.
 */
export interface RelationshipModel<T, L, Z, NN, C = 'list', As = unknown, X = {}, H = {}> {
  readonly target: T
  readonly list: L
  readonly lazy: Z
  readonly notNull: NN
  readonly collection: C
  readonly as: As
  readonly operators: X
  readonly members: H
}

export interface EntityModel<E, N extends keyof E> {
  readonly name: N
  readonly table: TableNameOf<E[N]>
  readonly columns: ColumnsOfEntity<E, N>
  readonly row: { readonly [K in keyof ColumnsOfEntity<E, N>]: ValueOf<ColumnsOfEntity<E, N>[K]> } & Discriminator<E, N>
  readonly rels: { readonly [K in keyof RelationshipsOfEntity<E, N>]: RelationshipsOfEntity<E, N>[K] }
  readonly line: LineTuple<E, N>
  /** The columns that load only when they are asked for, with the names of their groups or null: a record for each entity of the line that has some. */
  readonly deferred: DeferredColumns<OptionsOf<E[Line<E, N>]>>
  /** The columns that every load brings: the primary key, and what tells entities of a line apart. */
  readonly fixed: PrimaryKeyOf<ColumnsOfEntity<E, N>> | DiscriminatorName<OptionsOf<E[Line<E, N>]>>
  /** Further names of attributes, with the attributes that they stand for. */
  readonly synonyms: SynonymsOf<OptionsOf<E[Line<E, N>]>>
}

/**
 * The model of a record of entities. Give it a name, which hovers, errors and declarations then show:
 *
 * @example
 * interface Blog extends Model<typeof blogEntities> {}
 */
export type Model<E> = { readonly [N in keyof E]: EntityModel<E, N> }

export interface AnyEntityModel {
  readonly name: Unchecked
  readonly columns: Unchecked
  readonly row: Unchecked
  readonly rels: Unchecked
  readonly line: Unchecked
  readonly deferred: Unchecked
  readonly fixed: Unchecked
  readonly synonyms: Unchecked
}
export type Models<M> = { readonly [N in keyof M]: AnyEntityModel }
export type EntityName<M> = keyof M & string

/** The strategies that load a relationship with its parent; `false` is a synonym of joined. */
export type EagerLazy = 'joined' | 'selectin' | 'subquery' | 'immediate' | false

/** The names of deferred columns. */
export type DeferredNames<D> = D extends unknown ? keyof D : never

// ---------- what an entity declares

export type DeclaredRelationships<X> = X extends Entity<unknown, infer R, unknown> ? R : never
type OptionsOf<X> = X extends Entity<unknown, unknown, infer O> ? O : never
/** The entity inherited from; `string`, where the compiler knows no more, ends the recursion. */
export type ParentOf<X> = OptionsOf<X> extends { readonly inherits: infer P extends string } ? (string extends P ? never : P) : never

/** The columns of an entity's own table, by attribute name. */
export type AttributeColumns<X> = MappedColumns<TableColumnsOf<X>, OptionsOf<X>>
type MappedColumns<C, O> =
  O extends { readonly attributes: infer A } ? { readonly [K in keyof C as AttributeName<A, K>]: C[K] }
  : O extends { readonly include: readonly (infer I)[] } ? { readonly [K in keyof C & I]: C[K] }
  : O extends { readonly exclude: readonly (infer X)[] } ? { readonly [K in Exclude<keyof C, X>]: C[K] }
  : C
type AttributeName<A, K> = { [P in keyof A]: A[P] extends K ? P : never }[keyof A] extends infer P ? ([P] extends [never] ? K : P & PropertyKey) : never

type DeferredColumns<O> = O extends { readonly deferred: infer D } ? (D extends readonly (infer K extends string)[] ? { readonly [P in K]: null } : D) : never

/** Of a union of options, the synonyms of all of them. */
type SynonymsOf<O> = (O extends { readonly synonyms: infer S } ? (x: S) => void : never) extends (x: infer S) => void ? (unknown extends S ? {} : S) : {}

type LazyOf<O> = O extends { readonly lazy: infer L } ? L : 'select'
type ClassOf<O> = O extends { readonly collectionClass: infer C } ? C : 'list'
type OperatorsOf<O> = O extends { readonly comparatorFactory: (relationship: never) => infer X } ? X : {}
type MembersOf<O> = O extends { readonly queryClass: (members: never) => infer H } ? H : {}
type ListOrHandle<Own, Target, O, A extends string> = O extends { readonly lazy: 'dynamic' | 'write_only' } ? 'handle' : IsList<Own, Target, O, A>

type Declared<E, N extends keyof E> = {
  readonly [K in keyof DeclaredRelationships<E[N]>]: DeclaredRelationships<E[N]>[K] extends Relationship<infer T, infer O>
    ? T extends keyof E ? ModelOf<E[Line<E, N>], E[Line<E, T>], T, O, AliasOf<DeclaredRelationships<E[N]>[K]>> : RelationshipModel<T, never, LazyOf<O>, never, ClassOf<O>, T>
    : never
}
/** The alias that a relationship leads to, if it does. */
type AliasOf<R> = R extends { readonly target: { readonly alias: infer A extends string } } ? A : never
type ModelOf<Own, Target, T, O, A extends string> = [A] extends [never]
  ? RelationshipModel<T, ListOrHandle<Own, Target, O, A>, LazyOf<O>, IsNotNull<Own, Target, O>, ClassOf<O>, T, OperatorsOf<O>, MembersOf<O>>
  : RelationshipModel<T, ListOrHandle<Own, Target, O, A>, LazyOf<O>, false, ClassOf<O>, A, OperatorsOf<O>, MembersOf<O>>

// ---------- back references, grouped once for the whole registry

interface BackReference<T, N, F, K, O> {
  readonly to: T
  readonly name: N
  readonly from: F
  readonly key: K
  readonly options: O
}
type BackReferenceOf<F, K, R> =
  R extends Relationship<infer T, { readonly backref: infer B }>
    ? B extends string ? BackReference<T, B, F, K, {}>
    : B extends Backref<infer N, infer O> ? BackReference<T, N, F, K, O>
    : never
  : never
type BackReferences<E> = {
  [F in keyof E]: { [K in keyof DeclaredRelationships<E[F]>]: BackReferenceOf<F, K, DeclaredRelationships<E[F]>[K]> }[keyof DeclaredRelationships<E[F]>]
}[keyof E]
type BackIndex<E> = { [X in BackReferences<E> as X extends { readonly to: infer T extends string } ? T : never]: X }
type Received<E, N extends keyof E> = N extends keyof BackIndex<E>
  ? { readonly [X in BackIndex<E>[N] as X extends { readonly name: infer B extends string } ? B : never]: ReceivedModel<E, N, X> }
  : {}
type ReceivedModel<E, N extends keyof E, X> =
  X extends BackReference<unknown, unknown, infer F extends keyof E, infer K, infer BO>
    ? K extends keyof DeclaredRelationships<E[F]>
      ? DeclaredRelationships<E[F]>[K] extends Relationship<string, infer O>
        ? RelationshipModel<F, BackList<E, N, F, O, BO>, LazyOf<BO>, IsNotNull<E[Line<E, N>], E[Line<E, F>], BO>, ClassOf<BO>, F, OperatorsOf<BO>, MembersOf<BO>>
        : never
      : never
    : never
type BackList<E, N extends keyof E, F extends keyof E, O, BO> =
  BO extends { readonly lazy: 'dynamic' | 'write_only' } ? 'handle'
  : BO extends { readonly uselist: infer U } ? U
  : O extends { readonly secondary: unknown } ? true
  : IsList<E[Line<E, F>], E[Line<E, N>], JoinOnly<O>> extends true ? false : true
/** A one-to-one's `uselist` says nothing of its other side. */
type JoinOnly<O> = O extends { readonly uselist: boolean } ? Omit<O, 'uselist'> : O

// ---------- with what is inherited

export type ColumnsOfEntity<E, N extends keyof E> =
  [ParentOf<E[N]>] extends [never] ? AttributeColumns<E[N]> : WithoutKey<AttributeColumns<E[N]>> & ColumnsOfEntity<E, ParentOf<E[N]> & keyof E>

/** The key of an entity is that of the one that it inherits, whatever its own table calls it. */
type WithoutKey<C> = { readonly [K in keyof C]: C[K] extends Column<infer A, infer O extends { readonly primaryKey: true }> ? Column<A, Omit<O, 'primaryKey' | 'autoincrement'>> : C[K] }
export type RelationshipsOfEntity<E, N extends keyof E> =
  [ParentOf<E[N]>] extends [never] ? OwnRelationships<E, N> : OwnRelationships<E, N> & RelationshipsOfEntity<E, ParentOf<E[N]> & keyof E>
type OwnRelationships<E, N extends keyof E> = Declared<E, N> & Received<E, N>

/** The names of an entity and of all above it. */
export type Line<E, N extends keyof E> = N | ([ParentOf<E[N]>] extends [never] ? never : Line<E, ParentOf<E[N]> & keyof E>)
/** Root first: `['Payment', 'Card', ...unknown[]]` is assignable to `['Payment', ...unknown[]]`, so a Card is a Payment. */
type LineTuple<E, N extends keyof E, Below extends unknown[] = unknown[]> =
  [ParentOf<E[N]>] extends [never] ? readonly [N, ...Below] : LineTuple<E, ParentOf<E[N]> & keyof E, [N, ...Below]>

/** The value of the discriminator, known where the entity says its identity. */
type Discriminator<E, N extends keyof E> =
  OptionsOf<E[N]> extends { readonly identity: infer I } ? { readonly [P in DiscriminatorName<OptionsOf<E[Line<E, N>]>>]: I } : {}
type DiscriminatorName<O> = O extends { readonly polymorphicOn: infer K extends string } ? K : never
