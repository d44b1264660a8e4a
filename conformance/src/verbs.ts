// The verbs that a script needs, over one session; `sessionVerbs` gives them by the public API.

import type { LoaderOption, Ordering, QueryNode, SelectDescriptor } from '@relata/core'

export interface CollectionStep {
  readonly how: string
  readonly value?: unknown
  readonly where?: QueryNode
  readonly orderBy: readonly Ordering<QueryNode>[]
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly values: Readonly<Record<string, unknown>>
}

export interface CaseVerbs {
  isInstance(value: unknown): value is object
  entityOf(object: object): string
  labelOf(object: object): Promise<unknown>

  create(entity: string): object
  set(object: object, name: string, value: unknown): void
  unset(object: object, name: string): void
  append(object: object, name: string, member: unknown): void
  remove(object: object, name: string, member: unknown): void
  edit(object: object, name: string, change: { readonly how: string; readonly at: unknown; readonly count: unknown; readonly value: unknown }): void

  load(object: object, name: string): Promise<void>
  loadOld(object: object, name: string): Promise<void>
  get(entity: string, key: readonly unknown[], options: { readonly options: readonly LoaderOption[]; readonly populateExisting: boolean }): Promise<object | null>
  all(query: SelectDescriptor): Promise<readonly object[]>
  one(query: SelectDescriptor): Promise<object>

  add(object: object): Promise<void>
  destroy(object: object): Promise<void>
  expunge(object: object): Promise<void>
  expungeAll(): Promise<void>
  expire(object: object, attributes?: readonly string[]): Promise<void>
  expireAll(): Promise<void>
  refresh(object: object, attributes?: readonly string[]): Promise<void>
  merge(object: object, load: boolean): Promise<object>
  flush(): Promise<void>
  commit(): Promise<void>
  rollback(): Promise<void>
  savepoint(): Promise<void>
  releaseSavepoint(): Promise<void>
  rollbackSavepoint(): Promise<void>
  close(): Promise<void>
  sql(text: string): Promise<void>
  collection(object: object, name: string, step: CollectionStep): Promise<unknown>

  isLoaded(object: object, name: string): boolean
  isModified(object: object): boolean
  stateOf(object: object): string
  contains(object: object): Promise<boolean>
  history(object: object, name: string): Promise<{ readonly added: readonly unknown[]; readonly unchanged: readonly unknown[]; readonly deleted: readonly unknown[] }>
  changes(): Promise<{ readonly added: readonly object[]; readonly dirty: readonly object[]; readonly deleted: readonly object[] }>
}
