// A dialect: how a database says what statements mean, as data. Printing and lowering ask these facts, never the name.

import type { DatabaseType, DatabaseTypeKind } from '@relata/core'
import type { TypePatterns } from './type-name.js'

export interface Verbs<A> { readonly insert: A; readonly update: A; readonly delete: A }

export interface Dialect {
  readonly name: 'postgres' | 'mysql' | 'mariadb' | 'sqlite'
  readonly identifier: IdentifierRules
  readonly parameter: ParameterRules
  readonly supports: Supports
  readonly expression: ExpressionForms
  readonly select: SelectForms
  readonly write: WriteForms
  readonly ddl: DdlForms
}

export interface IdentifierRules {
  /** Doubled where a name contains it. */
  readonly quote: '"' | '`'
  readonly maxLength: number
  readonly measuredIn: 'bytes' | 'characters'
  /** What a name may not contain, quoted or not, and how that reads after "The name … ". */
  readonly forbidden: readonly { readonly pattern: RegExp; readonly what: string }[]
}

export interface ParameterRules {
  /** `$1` or `?`. */
  readonly form: 'numbered' | 'question mark'
  /** The most that one statement may have. */
  readonly max: number
  /** A parameter whose type nothing else tells the database is written with a cast to these types, which cut nothing off. */
  readonly casts?: TypePatterns
  /** One parameter may hold a list: `= any($1)`, `unnest($1, $2)`. */
  readonly arrays: boolean
}

/** What there is and what there is not. What is not there is rewritten, or refused where nothing else means the same. */
export interface Supports {
  readonly returning: Verbs<boolean>
  readonly fullJoin: boolean
  readonly lateral: boolean
  readonly nullsOrdering: boolean
  /** Null sorts after every value where an ordering does not say; else before. */
  readonly nullsGreatest: boolean
  readonly windowFunctions: boolean
  /** `in (select … limit n)`; else the select is wrapped in another. */
  readonly limitInMembership: boolean
  /** The word DEFAULT as the value of a column in SET. */
  readonly defaultInUpdate: boolean
  /** The alias of a table in `delete from t as a`; else its columns are called by the table's name. */
  readonly deleteAlias: boolean
  /** The table that is written may be read within the statement; else `in (select …)` reads a copy. */
  readonly readsWrittenTable: boolean
  /** Deferrable constraints; where they are not, constraints are checked at once and the word is left out. */
  readonly deferrable: boolean
  readonly setDefaultAction: boolean
  /** A constraint may be added to a table that is there; else foreign keys may refer to tables that are not there yet. */
  readonly addConstraint: boolean
}

export interface ExpressionForms {
  readonly concat: 'infix' | 'function'
  /** The infix forms of null-safe comparison; without one for `distinct`, the other is negated. */
  readonly nullSafe: { readonly same: string; readonly distinct?: string }
  /** Membership of a tuple in a list of tuples. */
  readonly tupleIn: 'list' | 'values' | 'or'
  /** Where a list has more values than a statement parameters: a function that takes it apart as one text of JSON. */
  readonly longList?: { readonly select: string; readonly kinds: readonly DatabaseTypeKind[] }
  /** Names of functions that are called otherwise here. */
  readonly functions: Readonly<Record<string, string>>
  /** Types as CAST takes them. */
  readonly castTypes: TypePatterns
  /** Kinds that are stored as text, and the type as which they are compared and ordered. */
  readonly comparesAs: Partial<Readonly<Record<DatabaseTypeKind, DatabaseType>>>
  /** After LIKE, where a backslash would not take a wildcard at its word: it does everywhere. */
  readonly likeEscape: string
}

export interface SelectForms {
  /** Written as LIMIT where there is an offset and no limit. */
  readonly limitWithoutEnd?: string
  /** Row locks; without them a write locks the whole database and the words are left out. */
  readonly lock?: { readonly update: string; readonly share: string; readonly of: boolean }
}

export interface WriteForms {
  /** Rows of an insert: VALUES, or arrays through `unnest` where there is more than one. */
  readonly insertRows: 'values' | 'unnest'
  /** RETURNING costs much: inserts of many rows are printed without it too, for a driver that can count keys. */
  readonly countedKeys: boolean
  /** An insert that gives no column: words for one row, or empty rows of VALUES. */
  readonly insertNothing: 'default values' | 'empty rows'
  readonly updateRows: 'unnest' | 'values' | 'case'
  readonly deleteRows: 'unnest' | 'membership'
  /** What becomes of a row that is there already. */
  readonly upsert: 'on conflict' | 'row alias' | 'values function'
  /** SET sees what an earlier SET of the same statement wrote. */
  readonly assignsInOrder: boolean
  /** More rows in one statement than this are slower, not faster. */
  readonly maxRows: Verbs<number>
}

export interface DdlForms {
  readonly types: TypePatterns
  /** Types of columns in keys and indexes, where they must be shorter. */
  readonly keyTypes: TypePatterns
  /** After the type of a column whose key the database makes. */
  readonly autoincrement: string
  /** The type of such a column, where it must be a certain one. */
  readonly autoincrementType?: string
  /** The key of such a column is declared with the column. */
  readonly inlinePrimaryKey: boolean
  /** After the columns of a table. */
  readonly tableOptions: string
  /** A reference may name the schema of the table referred to. */
  readonly schemaInReferences: boolean
  /** Words after the name of a table of a cycle that is dropped. */
  readonly dropInCycle: string
  /** Sent before and after the tables of a cycle are dropped. */
  readonly aroundCycle?: { readonly before: readonly string[]; readonly after: readonly string[] }
  /** How a text with a backslash is written so that no setting of the server changes it. */
  readonly backslash: 'plain' | 'e string' | 'char function'
}
