// What rows are read from while relationships are worked out: a table under a name, or a join of several.

import type { Condition } from './condition.js'

export type Selectable =
  | { readonly _tag: 'table'; readonly table: string; readonly alias: string }
  | { readonly _tag: 'join'; readonly left: Selectable; readonly right: Selectable; readonly on: Condition; readonly outer: boolean }

/** Its tables with the names that they bear in it. */
export const sourcesOf = (selectable: Selectable): readonly { readonly table: string; readonly alias: string }[] =>
  selectable._tag === 'table' ? [selectable] : [...sourcesOf(selectable.left), ...sourcesOf(selectable.right)]
