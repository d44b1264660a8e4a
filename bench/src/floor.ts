// The floor: what a program does that uses the driver by hand, well.

import type { Database, Statement } from 'better-sqlite3'

/** The classes that the hand-written programs map rows into. */
export class ParentRow {
  children: ChildRow[] = []
  constructor(readonly id: number, readonly name: string, readonly rank: number) {}
}
export class ChildRow {
  tags: TagRow[] = []
  parent: ParentRow | undefined
  constructor(readonly id: number, readonly name: string, readonly parentId: number | null) {}
}
export class TagRow {
  constructor(readonly id: number, readonly name: string) {}
}

/** One of each stays alive, as in a program that goes on: without any, the engine would drop what it compiled for them after each round. */
export const kept = [new ParentRow(0, '', 0), new ChildRow(0, '', 0), new TagRow(0, '')]

/** Statements kept prepared, as a careful program does. */
export const prepared = (database: Database) => {
  const kept = new Map<string, Statement>()
  return (sql: string): Statement => {
    let statement = kept.get(sql)
    if (statement === undefined) kept.set(sql, statement = database.prepare(sql))
    return statement
  }
}

export const placeholders = (rows: number, columns: number): string =>
  Array.from({ length: rows }, () => `(${Array.from({ length: columns }, () => '?').join(',')})`).join(',')
