// select: what a query starts with.

import { isExpr, nodeOf } from '../expression/expr.js'
import type { OperandSources } from '../expression/operand.js'
import { isHandle, originOfHandle } from '../registry/handle.js'
import type { AnyHandle, HandleOf } from '../registry/handle.js'
import type { EntityName, Models } from '../registry/model.js'
import { record } from '../schema/record.js'
import { emptySelect } from './build.js'
import type { Fields, Query, RowQuery } from './query.js'
import type { SelectDescriptor } from './descriptor.js'
import { originsIn } from './source.js'

/**
 * A query of the objects of an entity (or of an alias of one), or of rows of named expressions: of attributes, of fields of
 * subqueries, or of columns of tables.
 *
 * @example
 * pipe(select(User), where(eq(User.name, 'ed')))
 * pipe(select({ city: Customer.city, orders: count(Order.id) }), leftJoin(Customer.orders), groupBy(Customer.city))
 */
export function select<M extends Models<M>, N extends EntityName<M>, A extends string>(handle: HandleOf<M, N, A>): Query<M, N, {}, A>
export function select<const R extends Fields>(fields: R): RowQuery<R, OperandSources<R[keyof R]>>
export function select(what: AnyHandle | Fields): SelectDescriptor {
  if (isHandle(what)) {
    const origin = originOfHandle(what)
    const { entity, source } = origin.source
    return emptySelect({ _tag: 'entity', entity, source }, [origin])
  }
  if (typeof what !== 'object' || what === null) throw new TypeError(`select: ${what === null ? 'null' : typeof what} is neither a handle nor a record of expressions: is the entity in the registry under this name?`)
  for (const [name, expression] of Object.entries(what)) if (!isExpr(expression)) throw new TypeError(`select: the field '${name}' is no expression: give an attribute, or literal() of a value`)
  const fields = record(Object.entries(what).map(([name, expression]) => [name, nodeOf(expression)] as const))
  return emptySelect({ _tag: 'fields', fields }, originsIn(Object.values(fields)))
}
