// A step of a flush plan as a statement of a dialect: compiled once a shape and kept.

import { isLeft } from 'fp-ts/lib/Either.js'
import { plannedColumns, type FlushStep, type MappedEntity, type Mapping, type PlannedColumn } from '@relata/core'
import { compile, expressionsOf, stepStatement, type CompiledStatement, type Dialect } from '@relata/sql'
import { fail } from '../relata-error.js'
import { columnCodec, type ColumnCodec } from './column-codec.js'

export interface CompiledStep {
  readonly statement: CompiledStatement
  /** Values a row, expressions counted. */
  readonly width: number
  /** For each value of a row: how it is written, or undefined where an expression stands in the text. */
  readonly codecs: readonly (ColumnCodec | undefined)[]
  /** Values are written as they are. */
  readonly plain: boolean
  readonly returning: readonly ColumnCodec[]
  readonly returnedNames: Map<MappedEntity, readonly (string | undefined)[]>
}

const kept = new WeakMap<Mapping, WeakMap<Dialect, Map<string, CompiledStep>>>()

/** The statement of a step, returning what the dialect can return. */
export const compiledStep = (mapping: Mapping, dialect: Dialect, step: FlushStep): CompiledStep => {
  let dialects = kept.get(mapping)
  if (dialects === undefined) kept.set(mapping, dialects = new WeakMap())
  let shapes = dialects.get(dialect)
  if (shapes === undefined) dialects.set(dialect, shapes = new Map<string, CompiledStep>())
  const shape = shapeOf(step)
  let compiled = shape === undefined ? undefined : shapes.get(shape)
  if (compiled === undefined) {
    compiled = compileStep(mapping, dialect, step)
    // A program has few shapes; one that makes new ones without end (expressions of its own) must not fill the memory.
    if (shape !== undefined && shapes.size < 2000) shapes.set(shape, compiled)
  }
  return compiled
}

const names = (columns: readonly PlannedColumn[]): string => columns.map(({ column }) => column).join('\u0001')

const shapeOf = (step: FlushStep): string | undefined => {
  if (step._tag !== 'delete' && expressionsOf(step).some((expression) => expression !== undefined)) return undefined
  switch (step._tag) {
    case 'insert': return `i\u0000${step.table}\u0000${names(step.columns)}\u0000${names(step.returning)}`
    case 'update': return `u\u0000${step.table}\u0000${names(step.set)}\u0000${names(step.key)}\u0000${names(step.returning)}`
    case 'delete': return `d\u0000${step.table}\u0000${names(step.key)}`
    default: return step satisfies never
  }
}

const compileStep = (mapping: Mapping, dialect: Dialect, step: FlushStep): CompiledStep => {
  const table = mapping.tables[step.table]
  if (table === undefined) throw new Error(`the mapping has no table '${step.table}'`)
  const compiled = compile(dialect, stepStatement(dialect, table, step))
  if (isLeft(compiled)) return fail({ _tag: 'QueryRefused', code: 'other', message: compiled.left.message, ...(compiled.left.hint === undefined ? {} : { hint: compiled.left.hint }), cause: compiled.left })
  const expressions = expressionsOf(step)
  const codecs = plannedColumns(step).map(({ column }, place) => expressions[place] === undefined ? columnCodec(table, column) : undefined)
  return {
    statement: compiled.right,
    returnedNames: new Map(),
    codecs,
    width: codecs.length,
    plain: codecs.every((codec) => codec?.plain === true),
    returning: step._tag === 'delete' || !dialect.supports.returning[step._tag] ? [] : step.returning.map(({ column }) => columnCodec(table, column)),
  }
}
