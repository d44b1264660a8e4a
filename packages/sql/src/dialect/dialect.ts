// A dialect: how a database says what statements mean, as data. Printing and lowering ask these facts, never the name.

import type { DatabaseType } from '@relata/core'

/** How a column's type is written. */
export type TypeName = (type: DatabaseType) => string

export interface Verbs { readonly insert: boolean; readonly update: boolean; readonly delete: boolean }

export interface Dialect {
  readonly name: 'postgres' | 'mysql' | 'mariadb' | 'sqlite'

  readonly identifier: {
    /** Doubled where a name contains it. */
    readonly quote: '"' | '`'
    readonly maxLength: number
    readonly measuredIn: 'bytes' | 'characters'
  }
  readonly parameter: {
    /** `$1` or `?`. */
    readonly form: 'numbered' | 'question mark'
    /** The most that one statement may have. */
    readonly max: number
    /** A parameter whose type nothing else tells the database is written with a cast. */
    readonly cast: boolean
    /** One parameter may hold a list: `= any($1)`, `unnest($1, $2)`. */
    readonly arrays: boolean
  }

  /** What there is and what there is not. What is not there is rewritten, or refused where nothing else means the same. */
  readonly supports: {
    readonly returning: Verbs
    readonly fullJoin: boolean
    readonly lateral: boolean
    readonly nullsOrdering: boolean
    readonly windowFunctions: boolean
    readonly recursiveCte: boolean
    /** Members of a UNION in parentheses; else they are read from left to right and must be plain. */
    readonly parenthesisedCompound: boolean
    readonly intersectAndExcept: boolean
    /** `in (select … limit n)`. */
    readonly limitInMembership: boolean
    /** The word DEFAULT as the value of a column in SET. */
    readonly defaultInUpdate: boolean
    /** The alias of a table in `delete from t as a`. */
    readonly deleteAlias: boolean
    /** Deferrable constraints; where they are not, constraints are checked at once and the word is left out. */
    readonly deferrable: boolean
    readonly setDefaultAction: boolean
    /** A constraint may be added to a table that is there; else foreign keys may refer to tables that are not there yet. */
    readonly addConstraint: boolean
  }

  readonly expression: {
    readonly concat: 'infix' | 'function'
    /** The infix forms of null-safe comparison; without one for `distinct`, the other is negated. */
    readonly nullSafe: { readonly same: string; readonly distinct?: string }
    /** Membership of a tuple in a list of tuples. */
    readonly tupleIn: 'list' | 'values' | 'or'
    /** Names of functions that are called otherwise here. */
    readonly functions: Readonly<Record<string, string>>
    /** The type as CAST takes it. */
    readonly castType: TypeName
    /** Characters that make a parameter here, so that an operator may not have them. */
    readonly placeholderCharacters: string
  }

  readonly select: {
    /** Written as LIMIT where there is an offset and no limit. */
    readonly limitWithoutEnd?: string
    /** Row locks; without them the whole database is locked by a write and the words are left out. */
    readonly lock?: { readonly update: string; readonly share: string; readonly of: boolean }
  }

  readonly write: {
    /** Rows of an insert: VALUES, or arrays through `unnest` where there is more than one. */
    readonly insertRows: 'values' | 'unnest'
    /** An insert that gives no column: the words, and whether several rows can be given so. */
    readonly insertNothing: 'default values' | 'empty rows' | 'generated series'
    readonly updateRows: 'unnest' | 'values' | 'case'
    readonly deleteRows: 'unnest' | 'membership'
    /** What becomes of a row that is there already. */
    readonly upsert: 'on conflict' | 'row alias' | 'values function'
    /** SET sees what an earlier SET of the same statement wrote. */
    readonly assignsInOrder: boolean
    /** More rows in one statement than this are slower, not faster. */
    readonly maxRows: { readonly insert: number; readonly update: number; readonly delete: number }
  }

  readonly ddl: {
    readonly columnType: TypeName
    /** The type of a column in a key or an index, where that must be shorter. */
    readonly keyType: TypeName
    /** After the type of a column whose key the database makes. */
    readonly autoincrement: string
    /** The type of such a column, where it must be a certain one. */
    readonly autoincrementType?: string
    /** The key of such a column is declared with the column. */
    readonly inlinePrimaryKey: boolean
    readonly tableOptions: string
    /** How the tables of a cycle are dropped: with what depends on them, after their constraints, or without checks. */
    readonly dropCycle: 'cascade' | 'constraints first' | 'unchecked'
    readonly backslashEscapes: 'e string' | 'hexadecimal' | 'none'
  }
}
