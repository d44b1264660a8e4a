// Checks made where a registry is put together: each gives its text at the line at fault.

import type { EntityAlias } from '../mapping/entity-alias.js'
import type { Relationship } from '../mapping/relationship.js'
import type { ForeignKeysTo, MarksOf, TableNameOf } from './cardinality.js'
import type { AttributeColumns, DeclaredRelationships, Line, RelationshipsOfEntity } from './model.js'

/** What the entities of a registry must be assignable to. */
export type Check<E> = {
  readonly [N in keyof E]: {
    readonly relationships: {
      readonly [K in keyof DeclaredRelationships<E[N]>]: K extends keyof AttributeColumns<E[N]>
        ? `'${K & string}' is a column of ${N & string}`
        : CheckRelationship<E, N, DeclaredRelationships<E[N]>[K]>
    }
  } & CheckNames<N, (keyof AttributeColumns<E[N]> | keyof DeclaredRelationships<E[N]>) & Reserved>
}

/** Names that JavaScript asks objects for. */
type Reserved = 'then' | 'toJSON' | 'constructor' | '__proto__'
type CheckNames<N, Names> = [Names] extends [never] ? unknown : { readonly relationships: `an attribute of ${N & string} may not be called '${Names & string}'` }

type CheckRelationship<E, N extends keyof E, R> =
  R extends Relationship<infer T, infer O>
    ? string extends T ? unknown // a name that only run time knows
    : T extends keyof E
      ? O extends { readonly backPopulates: infer B extends string } ? CheckBack<E, N, T, B>
      : O extends { readonly primaryjoin: unknown } ? CheckJoin<E, N, T, O, AliasSources<R>>
      : unknown
      : { readonly target: `no entity '${T}' in this registry` }
    : unknown

type CheckBack<E, N extends keyof E, T extends keyof E, B extends string> =
  B extends keyof RelationshipsOfEntity<E, T>
    ? RelationshipsOfEntity<E, T>[B] extends { readonly target: infer Back }
      ? Back extends Line<E, N> ? unknown
      : N extends Line<E, Back & keyof E> ? unknown
      : { readonly target: `${T & string}.${B} leads to ${Back & string}, not back to ${N & string}` }
      : unknown
    : { readonly options: { readonly backPopulates: `no relationship '${B}' on ${T & string}` } }

/** The names of what an alias that the relationship leads to is read from. */
type AliasSources<R> = R extends { readonly target: EntityAlias<string, string, infer F> } ? F : never

type CheckJoin<E, N extends keyof E, T extends keyof E, O, As extends string> =
  Exclude<MarksOf<O>, TableNamesOf<E, N> | TableNamesOf<E, T> | As | `${'foreign' | 'remote'} ${string}` | SecondaryNames<O>> extends infer Third extends string
    ? [Third] extends [never] ? CheckUselist<E[Line<E, N>], E[Line<E, T>], O, As>
    : O extends { readonly secondary: string | (() => unknown) } | { readonly viewonly: true } ? unknown // what only configure knows, and what only reads
    : { readonly options: { readonly primaryjoin: `primaryjoin reads '${Third}', which is neither side` } }
    : unknown

/** Where tables refer to each other, a join that marks nothing does not tell the compiler which of the keys it follows. */
type CheckUselist<Own, Target, O, As> =
  O extends { readonly uselist: boolean } | { readonly secondary: unknown } | { readonly foreignKeys: unknown } ? unknown
  : [Extract<MarksOf<O>, `foreign ${string}`>] extends [never]
    ? [TableNameOf<Own> & TableNameOf<Target>] extends [[As] extends [never] ? never : string]
      ? [ForeignKeysTo<Own, TableNameOf<Target>>] extends [never] ? unknown
      : [ForeignKeysTo<Target, TableNameOf<Own>>] extends [never] ? unknown
      : { readonly options: `say uselist: the tables refer to each other, and the join marks neither side as foreign` }
      : unknown
    : unknown

type TableNamesOf<E, N extends keyof E> = TableNameOf<E[Line<E, N>]>
type SecondaryNames<O> = O extends { readonly secondary: infer S } ? NamesIn<S> : never
type NamesIn<S> =
  S extends { readonly _tag: 'Table'; readonly name: infer N } ? N
  : S extends { readonly _tag: 'TableAlias'; readonly alias: infer A } ? A
  : S extends { readonly _tag: 'TableJoin' } ? string
  : never
