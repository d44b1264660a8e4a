// A conformance case as it stands in its file.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
/** An expression: operator first. */
export type CaseExpression = readonly [string, ...(readonly Json[])]

export interface CaseColumn {
  readonly type: 'integer' | 'text' | 'boolean' | 'real'
  readonly primaryKey?: boolean
  readonly autoincrement?: boolean
  readonly nullable?: boolean
  readonly unique?: boolean
  readonly default?: Json
  readonly serverDefault?: string
}

export interface CaseForeignKey {
  readonly columns: readonly string[]
  readonly table: string
  readonly references: readonly string[]
  readonly onDelete?: string
  readonly onUpdate?: string
  readonly deferrable?: boolean
}

export interface CaseTable {
  readonly columns: Readonly<Record<string, CaseColumn>>
  readonly foreignKeys?: readonly CaseForeignKey[]
  readonly unique?: readonly (readonly string[])[]
}

export interface CaseEntity {
  /** Left out where it is the parent's. */
  readonly table?: string
  readonly relationships?: Readonly<Record<string, CaseRelationship>>
  readonly properties?: Readonly<Record<string, readonly [string, string]>>
  readonly inherits?: string
  readonly concrete?: boolean
  readonly polymorphicOn?: string
  readonly polymorphicIdentity?: string
  readonly withPolymorphic?: string | readonly string[]
  readonly versionId?: string
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
  readonly confirmDeletedRows?: boolean
  readonly passiveUpdates?: boolean
  readonly inheritCondition?: CaseExpression
}

export type CaseRelationship = { readonly target: string } & Readonly<Record<string, Json>>

export type CaseStep = Readonly<Record<string, Json>>

export interface Case {
  readonly name: string
  readonly tables: Readonly<Record<string, CaseTable>>
  readonly rows?: Readonly<Record<string, readonly Readonly<Record<string, Json>>[]>>
  readonly rowOrder?: readonly string[]
  readonly entities: Readonly<Record<string, CaseEntity>>
  readonly session?: { readonly autoflush?: boolean; readonly expireOnCommit?: boolean }
  readonly plan?: boolean
  readonly steps?: readonly CaseStep[]
  readonly expect?: { readonly tables?: Readonly<Record<string, unknown>> }
}

/** What happened in one step. */
export interface StepRecord {
  value?: unknown
  error?: string
  message?: string
  selects?: number
  writes?: Record<string, number>
  warnings?: string[]
}

export interface CaseRecord {
  configure?: { relationships?: Readonly<Record<string, unknown>>; warnings?: readonly string[]; error?: string }
  steps?: readonly StepRecord[]
  tables?: Readonly<Record<string, readonly unknown[]>>
  crash?: string
}
