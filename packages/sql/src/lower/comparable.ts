// Values that a dialect stores as text although they are none: compared and ordered as what they are.

import { typeOf } from '@relata/core'
import type { PlanNode } from '@relata/core'
import type { Lowering } from './lowering.js'
import type { SqlNode } from './sql-tree.js'

/** `lowered`, which says what `node` does, so that it is compared as its type is. A parameter takes after what it stands beside. */
export const comparable = (to: Lowering, node: PlanNode, lowered: SqlNode): SqlNode => {
  const { comparesAs } = to.dialect.expression
  const kind = lowered._tag === 'parameter' ? undefined : typeOf(node)?.kind
  const type = kind === undefined ? undefined : comparesAs[kind]
  return type === undefined ? lowered : { _tag: 'cast', arg: lowered, type }
}
