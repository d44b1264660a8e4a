// The tables of a case, made with the builders.

import { boolean, column, integer, real, table, varchar, type Column, type ColumnOptions, type ReferentialAction, type AnyTable } from '@relata/core'
import type { Case, CaseColumn, CaseTable } from './case.js'

export const schemaOf = (of: Case): Readonly<Record<string, AnyTable>> =>
  Object.fromEntries(Object.entries(of.tables).map(([name, description]) => [name, tableOf(name, description)]))

const tableOf = (name: string, description: CaseTable): AnyTable =>
  table(
    name,
    Object.fromEntries(Object.entries(description.columns).map(([key, options]) => [key, columnOf(options)])),
    {
      foreignKeys: (description.foreignKeys ?? []).map((key) => ({
        columns: key.columns,
        table: key.table,
        references: key.references,
        ...(key.onDelete !== undefined && { onDelete: action(key.onDelete) }),
        ...(key.onUpdate !== undefined && { onUpdate: action(key.onUpdate) }),
        ...(key.deferrable !== undefined && { deferrable: key.deferrable ? 'initially deferred' as const : false }),
      })),
      uniques: (description.unique ?? []).map((columns) => ({ columns })),
    },
  )

const columnOf = (given: CaseColumn): Column<unknown> => {
  const options: ColumnOptions = {
    nullable: given.nullable ?? given.primaryKey !== true,
    ...(given.primaryKey !== undefined && { primaryKey: given.primaryKey }),
    ...(given.autoincrement !== undefined && { autoincrement: given.autoincrement }),
    ...(given.unique !== undefined && { unique: given.unique }),
    ...(given.default !== undefined && { default: given.default }),
    ...(given.serverDefault !== undefined && { serverDefault: `'${given.serverDefault.replaceAll("'", "''")}'` }),
  }
  switch (given.type) {
    case 'integer': return column(integer, options)
    case 'text': return column(varchar(255), options)
    case 'boolean': return column(boolean, options)
    case 'real': return column(real, options)
  }
}

const actions: Readonly<Record<string, ReferentialAction>> = {
  cascade: 'cascade', 'set null': 'set null', 'set default': 'set default', restrict: 'restrict', 'no action': 'no action',
}

const action = (text: string): ReferentialAction => {
  const found = actions[text.toLowerCase()]
  if (found === undefined) throw new Error(`unknown referential action ${text}`)
  return found
}
