// From a statement to text and values: lowered to what the dialect can say, printed, and kept.

import type { DatabaseType, From } from '@relata/core'
import type { Either } from 'fp-ts/lib/Either.js'
import { left, right } from 'fp-ts/lib/Either.js'
import type { Dialect } from '../dialect/dialect.js'
import type { ParameterType, Query, QueryKind } from '../driver/query.js'
import { lowerSelect } from '../lower/lower-select.js'
import { lowerDeleteRows, lowerDeleteWhere, lowerInsert, lowerUpdateRows, lowerUpdateWhere } from '../lower/lower-write.js'
import type { SqlInsert, SqlWrite } from '../lower/lower-write.js'
import { lowering } from '../lower/lowering.js'
import type { Lowering } from '../lower/lowering.js'
import type { SqlSelect } from '../lower/sql-tree.js'
import type { SqlError } from '../sql-error.js'
import type { Statement } from '../statement.js'
import { binder } from './bind.js'
import type { Bind } from './bind.js'
import type { CompiledStatement, CompileOptions } from './compiled-statement.js'
import { printDeleteRows, printDeleteWhere } from './print-delete.js'
import { printInsert } from './print-insert.js'
import { paddedLength } from './print-list.js'
import { printSelect } from './print-select.js'
import { printUpdateRows, printUpdateWhere } from './print-update.js'
import { mostRows, printedRows, widthOf } from './row-limit.js'
import { statementName } from './statement-name.js'
import { whole, writer } from './writer.js'
import type { Sizes, Writer } from './writer.js'

/**
 * A statement in a dialect: its text, and a function from values to queries. Left where a name cannot be quoted or the
 * dialect has nothing that means the same.
 *
 * @example
 * const compiled = compile(sqlite, { _tag: 'deleteRows', table: 'users', key: [{ name: 'id', type: { kind: 'integer' } }], rows: 1 })
 * if (isRight(compiled)) await connection.execute(compiled.right.query([7])) // delete from "users" where "id" = ?
 */
export const compile = (dialect: Dialect, statement: Statement, options: CompileOptions = {}): Either<SqlError, CompiledStatement> => {
  const to = lowering(dialect, statement._tag === 'insert' || statement._tag === 'updateRows' ? 'after rows' : 'values', statement._tag !== 'select')
  const lowered = lower(to, statement)
  const [unsaid] = to.problems
  if (unsaid !== undefined) return left(unsaid)

  const pretty = options.pretty === true
  const one = print(dialect, lowered, { rows: 1, lists: new Map() }, pretty)
  const [unnamed] = one.problems
  return unnamed === undefined ? right(compiledStatement(dialect, statement, lowered, one, pretty)) : left(unnamed)
}

type Lowered = (SqlSelect & { readonly _tag?: undefined }) | SqlWrite

/** A text for some lengths of lists and some number of rows. */
interface Printed extends Pick<Writer, 'problems' | 'listSlots'> {
  readonly sql: string
  readonly name: string
  readonly types: readonly (ParameterType | undefined)[]
  /** The text without RETURNING, where a driver may count the keys. */
  readonly counted: string | undefined
  /** How many values follow the rows. */
  readonly extra: number
  readonly bind: Bind
}

const lower = (to: Lowering, statement: Statement): Lowered => {
  switch (statement._tag) {
    case 'select': return lowerSelect(to, statement.select)
    case 'insert': return lowerInsert(to, statement)
    case 'updateRows': return lowerUpdateRows(to, statement)
    case 'deleteRows': return lowerDeleteRows(to, statement)
    case 'updateWhere': return lowerUpdateWhere(to, statement)
    case 'deleteWhere': return lowerDeleteWhere(to, statement)
    default: {
      const impossible: never = statement
      return impossible
    }
  }
}

const print = (dialect: Dialect, lowered: Lowered, sizes: Sizes, pretty: boolean): Printed => {
  const to = written(dialect, lowered, sizes, pretty)
  return {
    sql: to.text,
    name: statementName(to.text),
    types: to.parameters.map(({ type }) => type),
    counted: isCounted(dialect, lowered, sizes.rows) ? written(dialect, { ...lowered, returning: [] }, sizes, pretty).text : undefined,
    extra: to.parameters.reduce((most, { source }) => source._tag === 'extra' ? Math.max(most, source.index + 1) : most, 0),
    bind: binder(to.parameters, widthOf(lowered), sizes.rows),
    problems: to.problems,
    listSlots: to.listSlots,
  }
}

/** An insert of many rows into a plain table that only asks for one key. */
const isCounted = (dialect: Dialect, lowered: Lowered, rows: number): lowered is SqlInsert =>
  dialect.write.countedKeys && lowered._tag === 'insert' && rows >= fewestCounted && lowered.returning.length === 1 && lowered.schema === undefined && lowered.onConflict === undefined

/** Below this, looking whether keys can be counted costs more than it saves. */
const fewestCounted = 8

const written = (dialect: Dialect, lowered: Lowered, sizes: Sizes, pretty: boolean): Writer => {
  const to = writer(dialect, sizes, pretty)
  switch (lowered._tag) {
    case undefined: printSelect(to, lowered); break
    case 'insert': printInsert(to, lowered); break
    case 'updateRows': printUpdateRows(to, lowered); break
    case 'deleteRows': printDeleteRows(to, lowered); break
    case 'updateWhere': printUpdateWhere(to, lowered); break
    case 'deleteWhere': printDeleteWhere(to, lowered); break
    default: {
      const impossible: never = lowered
      return impossible
    }
  }
  return to
}

const compiledStatement = (dialect: Dialect, statement: Statement, lowered: Lowered, one: Printed, pretty: boolean): CompiledStatement => {
  const kind = kindOf(statement)
  const table = tableOf(statement)
  const returns = returnsOf(statement, lowered)
  const width = widthOf(lowered)
  const key = statement._tag === 'insert' && statement.returning[0]?.type.kind === 'integer' ? statement.returning[0].name : undefined
  const perValue = [...one.listSlots.values()].reduce((sum, { perValue: parameters }) => sum + parameters, 0)
  const maxListLength = perValue === 0 ? Number.MAX_SAFE_INTEGER : Math.floor((dialect.parameter.max - one.types.length + perValue) / perValue)
  const texts = new Map<string, Printed>()

  const kept = (key: string, sizes: () => Sizes): Printed => {
    const known = texts.get(key)
    if (known !== undefined) return known
    if (texts.size >= mostTexts) texts.delete(texts.keys().next().value ?? '')
    const printed = print(dialect, lowered, sizes(), pretty)
    texts.set(key, printed)
    return printed
  }
  const text = (values: readonly unknown[], rows: number): Printed => {
    if (lowered._tag !== undefined && rows !== 1) {
      const size = printedRows(dialect, lowered, rows)
      return kept(String(size), () => ({ rows: size, lists: new Map() }))
    }
    if (one.listSlots.size === 0) return one
    const lengths = listLengths(one, values, maxListLength)
    return lengths.every(([, length]) => length === 1) ? one : kept(lengths.join(' '), () => ({ rows: 1, lists: new Map(lengths) }))
  }
  return Object.freeze({
    _tag: 'CompiledStatement', sql: one.sql, kind, table, returns, width,
    maxRows: mostRows(dialect, lowered, one.types.length, (rows) => print(dialect, lowered, { rows, lists: new Map() }, false).types.length),
    maxListLength,
    query: (values, rows = width === 0 ? rowsOf(statement) : Math.floor((values.length - one.extra) / width)): Query => {
      if (rows < 1) throw new RangeError(`No rows are given to the ${kind} of ${table}.`)
      const { sql, types, name, bind, counted } = text(values, rows)
      const query = { sql, params: bind(values, rows), types, kind, table, name, returns }
      return counted === undefined || key === undefined ? query : { ...query, counted: { sql: counted, key } }
    },
  } satisfies CompiledStatement)
}

/** The lengths that a text is printed for. Where all values together are too many, lists that can be sent whole are. */
const listLengths = ({ listSlots }: Printed, values: readonly unknown[], most: number): readonly (readonly [slot: number, length: number])[] => {
  const lists = [...listSlots].map(([slot, { canBeWhole }]) => ({ slot, canBeWhole, length: lengthOf(values[slot]) }))
  const tooMany = lists.reduce((sum, { length }) => sum + length, 0) > most
  return lists.map(({ slot, canBeWhole, length }) => [slot, tooMany && canBeWhole ? whole : paddedLength(length, Math.floor(most / lists.length))])
}

/** Texts of one statement that are kept; the oldest goes. */
const mostTexts = 64

const lengthOf = (list: unknown): number => Array.isArray(list) ? list.length : 0

const rowsOf = (statement: Statement): number =>
  statement._tag === 'insert' || statement._tag === 'updateRows' || statement._tag === 'deleteRows' ? statement.rows : 1

const kindOf = (statement: Statement): QueryKind => {
  switch (statement._tag) {
    case 'select': return 'select'
    case 'insert': return 'insert'
    case 'updateRows': case 'updateWhere': return 'update'
    case 'deleteRows': case 'deleteWhere': return 'delete'
    default: {
      const impossible: never = statement
      return impossible
    }
  }
}

const tableOf = (statement: Statement): string => {
  if (statement._tag !== 'select') return statement.table
  const [first] = statement.select.from
  return first === undefined ? '' : firstTable(first)
}

const firstTable = (from: From): string => {
  switch (from._tag) {
    case 'table': return from.table
    case 'cte': return from.name
    case 'select': return tableOf({ _tag: 'select', select: from.select })
    case 'join': return firstTable(from.left)
    default: {
      const impossible: never = from
      return impossible
    }
  }
}

const returnsOf = (statement: Statement, lowered: Lowered): readonly (DatabaseType | undefined)[] => {
  if (lowered._tag === undefined) return lowered.columns.map(({ type }) => type)
  return 'returning' in statement ? statement.returning.map(({ type }) => type) : []
}
