// A row without a key could be neither found nor referred to.

import { textOf, type Fate } from './fate.js'
import { refuse } from './flush-error.js'
import type { ShapeColumn, TableShape } from './mapping-shape.js'

export const nullKey = (fate: Fate, table: TableShape, column: ShapeColumn, verb: string): never => refuse({
  code: 'null-identity', message: `cannot ${verb} a row of ${table.table}: its primary key column ${column.planned.column} is null (${textOf(fate)})`,
  hint: 'give the key a value, or let the database or a default make it', objects: [fate.object.id], column: column.planned.column,
})
