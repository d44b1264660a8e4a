// What a plan is printed with beside itself.

import type { FlushStep } from '../flush/flush-plan.js'
import type { SelectAst } from '../select-ast.js'

export interface ExplainOptions {
  /** A statement as text, such as a dialect prints it (`sqlText` of @relata/sql); by default plans are told in words near to SQL. */
  readonly sql?: (what: SelectAst | FlushStep) => string
}
