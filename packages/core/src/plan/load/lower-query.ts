// A query that a mapping is made of, lowered once for all statements that read from it.

import type { Either } from 'fp-ts/lib/Either.js'
import type { Mapping } from '../../configure/mapping.js'
import type { SelectDescriptor } from '../../query/descriptor.js'
import type { SelectAst } from '../select-ast.js'
import { lowerExpression } from './lower-expression.js'
import { startLowering } from './lowering.js'
import { innerSelect } from './plan-select.js'
import { planningOfMapping } from './planning.js'
import type { QueryError } from './query-error.js'
import { caught } from './query-error.js'

/** The query over tables alone, its values as constants. */
export const lowerQuery = (tables: Mapping['tables'], query: SelectDescriptor): Either<QueryError, SelectAst> =>
  caught(() => innerSelect(startLowering(planningOfMapping({ _tag: 'Mapping', fingerprint: '', tables, entities: {}, warnings: [] }), lowerExpression, innerSelect), query))
