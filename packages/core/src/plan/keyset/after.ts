// A query read from a place in its order: at most so many rows after it, with what tells where each stands.

import type { Ordering } from '../../expression/node.js'
import type { QueryNode, SelectDescriptor } from '../../query/descriptor.js'
import type { Keyset, KeysetTerm } from './keyset.js'

/**
 * The query in the order of its keyset, after a place in it (from the start without one), of so many rows. A place has one value a term,
 * as the plan's `keyset` columns gave it.
 */
export const readAfter = (select: SelectDescriptor, { terms }: Keyset, after: readonly unknown[] | undefined, rows: number): SelectDescriptor => {
  const { offset: _offset, ...unlimited } = select
  return {
    ...unlimited,
    ...(after === undefined && select.offset !== undefined ? { offset: select.offset } : {}),
    ...(after === undefined ? {} : { where: [...select.where, afterPlace(terms, after)] }),
    orderBy: terms.map(orderingOf), limit: rows, keyset: terms.map(placeOf),
  }
}

/**
 * The same from the place on, with the row that stands there if it is still there: whether a row is that one is read last, after the
 * values of its own place.
 */
export const readFrom = (select: SelectDescriptor, { terms }: Keyset, place: readonly unknown[], rows: number): SelectDescriptor => {
  const { offset: _offset, ...unlimited } = select
  return {
    ...unlimited, where: [...select.where, fromPlace(terms, place)],
    orderBy: terms.map(orderingOf), limit: rows, keyset: [...terms.map(placeOf), and(terms.map((term, index) => levelWith(term, place[index])))],
  }
}

/** Holds for the rows that come after a place. */
export const afterPlace = (terms: readonly KeysetTerm[], place: readonly unknown[]): QueryNode => enterable(terms, place, from(terms, place, 0, strictlyAfter))

/** Holds for the row at a place and those that come after it. */
const fromPlace = (terms: readonly KeysetTerm[], place: readonly unknown[]): QueryNode => enterable(terms, place, from(terms, place, 0, levelOrAfter))

/** Says no more than the condition does, but an index can be entered by it. */
const enterable = (terms: readonly KeysetTerm[], place: readonly unknown[], condition: QueryNode): QueryNode => {
  const [first] = terms
  return first !== undefined && terms.length > 1 && first.nulls === undefined ? and([compare(first, first.direction === 'asc' ? 'ge' : 'le', place[0]), condition]) : condition
}

/** After the place by this term, or level with it and after by the next; by the last term as `last` says. */
const from = (terms: readonly KeysetTerm[], place: readonly unknown[], index: number, last: (term: KeysetTerm, value: unknown) => QueryNode | undefined): QueryNode => {
  const term = terms[index]
  if (term === undefined) return never
  if (index === terms.length - 1) return last(term, place[index]) ?? never
  const beyond = strictlyAfter(term, place[index])
  const level = and([levelWith(term, place[index]), from(terms, place, index + 1, last)])
  return beyond === undefined ? level : or([beyond, level])
}

const strictlyAfter = (term: KeysetTerm, value: unknown): QueryNode | undefined => {
  if (value === null || value === undefined) return term.nulls === 'first' ? { _tag: 'nullTest', negated: true, arg: term.arg } : undefined
  return orNullLast(term, compare(term, term.direction === 'asc' ? 'gt' : 'lt', value))
}

const levelOrAfter = (term: KeysetTerm, value: unknown): QueryNode => {
  if (value !== null && value !== undefined) return orNullLast(term, compare(term, term.direction === 'asc' ? 'ge' : 'le', value))
  const level = levelWith(term, value)
  const beyond = strictlyAfter(term, value)
  return beyond === undefined ? level : or([level, beyond])
}

const orNullLast = (term: KeysetTerm, condition: QueryNode): QueryNode =>
  term.nulls === 'last' ? or([condition, { _tag: 'nullTest', negated: false, arg: term.arg }]) : condition

const levelWith = (term: KeysetTerm, value: unknown): QueryNode =>
  value === null || value === undefined ? { _tag: 'nullTest', negated: false, arg: term.arg } : compare(term, 'eq', value)

const compare = (term: KeysetTerm, operator: 'eq' | 'gt' | 'lt' | 'ge' | 'le', value: unknown): QueryNode => {
  const type = isMoment(term) ? { kind: 'text' } as const : term.type
  return { _tag: 'binary', operator, left: term.arg, right: { _tag: 'literal', value, ...(type === undefined ? {} : { type }) } }
}

/** Where a row stands by a term. A moment is read as text: a Date would cut it off at milliseconds, and the row would come after itself. */
const placeOf = (term: KeysetTerm): QueryNode => (isMoment(term) ? { _tag: 'cast', arg: term.arg, type: { kind: 'text' } } : term.arg)

const isMoment = ({ type }: KeysetTerm): boolean => type?.kind === 'timestamp'

const orderingOf = ({ arg, direction, said }: KeysetTerm): Ordering<QueryNode> => ({ arg, direction, ...(said === undefined ? {} : { nulls: said }) })

const and = (args: readonly QueryNode[]): QueryNode => ({ _tag: 'logical', operator: 'and', args })

const or = (args: readonly QueryNode[]): QueryNode => ({ _tag: 'logical', operator: 'or', args })

/** Nothing comes after the last place. */
const never: QueryNode = { _tag: 'binary', operator: 'eq', left: { _tag: 'literal', value: 1, type: { kind: 'integer' } }, right: { _tag: 'literal', value: 0, type: { kind: 'integer' } } }
