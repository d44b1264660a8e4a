// A row without a key could be neither found nor referred to. Of a key of one integer some databases make a number, which the object
// would not learn; a null in any other key violates a constraint.

import { textOf, type Fate } from './fate.js'
import { refuse } from './flush-error.js'
import type { ShapeColumn, TableShape } from './mapping-shape.js'

export const nullKey = (fate: Fate, table: TableShape, column: ShapeColumn, verb: string): never => refuse({
  code: table.key.length === 1 && column.attribute.descriptor.type.database.kind === 'integer' ? 'null-identity' : 'integrity', message: `cannot ${verb} a row of ${table.table}: its primary key column ${column.planned.column} is null (${textOf(fate)})`,
  hint: 'give the key a value, or let the database or a default make it', objects: [fate.object.id], column: column.planned.column,
})
