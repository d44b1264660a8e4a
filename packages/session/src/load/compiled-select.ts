// Selects of plans as texts of a dialect, printed once.

import type { SelectAst } from '@relata/core'
import { compile, type CompiledStatement, type Dialect } from '@relata/sql'
import { isLeft } from 'fp-ts/lib/Either.js'
import { failSql } from './refused-query.js'

const compiled = new WeakMap<Dialect, WeakMap<SelectAst, CompiledStatement>>()
const printed = new WeakMap<Dialect, number>()

/** How many selects were printed for a dialect so far. */
export const statementsPrinted = (dialect: Dialect): number => printed.get(dialect) ?? 0

/** The compiled form of a plan's statement. */
export const compiledSelect = (dialect: Dialect, select: SelectAst): CompiledStatement => {
  let known = compiled.get(dialect)
  if (known === undefined) compiled.set(dialect, known = new WeakMap())
  const found = known.get(select)
  if (found !== undefined) return found
  const made = compile(dialect, { _tag: 'select', select })
  if (isLeft(made)) return failSql(made.left)
  known.set(select, made.right)
  printed.set(dialect, statementsPrinted(dialect) + 1)
  return made.right
}
