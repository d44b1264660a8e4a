// What turning a query's expressions into a statement's needs at hand. Selects and expressions contain each other, so both ways in
// are carried here rather than imported.

import type { QueryNode, SelectDescriptor } from '../../query/descriptor.js'
import type { PlanNode, SelectAst } from '../select-ast.js'
import type { Planning } from './planning.js'
import type { Scope, Source } from './source.js'
import { scopeWith } from './source.js'

export interface Lowering {
  readonly planning: Planning
  readonly scope: Scope
  /** The queries that common tables start from, by name. */
  readonly commonTables: ReadonlyMap<string, SelectDescriptor>
  readonly expression: (lowering: Lowering, node: QueryNode) => PlanNode
  readonly inner: (lowering: Lowering, select: SelectDescriptor) => SelectAst
}

/** The same within which some names mean something else. */
export const lowerWithin = (lowering: Lowering, names: readonly (readonly [string, Source])[], node: QueryNode): PlanNode =>
  lowering.expression({ ...lowering, scope: scopeWith(lowering.scope, names) }, node)

/** Where lowering starts: nothing is read yet. */
export const startLowering = (planning: Planning, expression: Lowering['expression'], inner: Lowering['inner']): Lowering =>
  ({ planning, scope: { sources: new Map() }, commonTables: new Map(), expression, inner })
