// Which comparisons with an object ask for its primary key on the far side, instead of for columns that it shares with the parent.

import type { MappedRelationship } from '../../configure/mapping.js'
import type { QueryLeaf } from '../../query/descriptor.js'

type Operator = Extract<QueryLeaf, { readonly _tag: 'relatedTo' }>['operator']

/** An alias has columns that no object has; and an object that refers to nobody is still not the one of a one-to-one. */
export const isComparedByKey = ({ alias, direction, uselist }: MappedRelationship, operator: Operator): boolean =>
  alias !== undefined || (operator === 'ne' && direction === 'one-to-many' && !uselist)
