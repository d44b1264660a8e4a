// Cursors: a place in a query's order as a text that a program can hand out, and take back from strangers.

import type { Either } from 'fp-ts/lib/Either.js'
import { left, right } from 'fp-ts/lib/Either.js'
import type { Mapping } from '../../configure/mapping.js'
import { hash } from '../../configure/fingerprint.js'
import type { ResultOf, Runnable } from '../../query/result.js'
import type { SelectDescriptor } from '../../query/descriptor.js'
import type { QueryError } from '../load/query-error.js'
import { shapeOf } from '../load/query-shape.js'
import { fromBase64url, toBase64url } from './base64url.js'
import type { Keyset } from './keyset.js'
import { placeValue, type Written, writtenValue } from './place-value.js'

declare const results: unique symbol

/** A place in the order of a query with results `A`. It is a text, to be handed out as it is. */
export type Cursor<A> = string & { readonly [results]: (result: A) => A }

/**
 * A text that came from outside as a cursor of a query. What it holds is looked at where it is used: `page` refuses a cursor that was
 * forged, or made for a query of another shape.
 *
 * @example
 * page(query, { first: 20, after: cursorOf(query, request.params.after) })
 */
export function cursorOf<Q extends Runnable>(query: Q, text: string): Cursor<ResultOf<Q>>
export function cursorOf(_query: unknown, text: string): string {
  return text
}

/** The cursor of a place; undefined where one of its values cannot be written. */
export const cursorAt = (mapping: Mapping, select: SelectDescriptor, keyset: Keyset, place: readonly unknown[]): string | undefined => {
  const values: Written[] = []
  for (const [index, value] of place.entries()) {
    const written = writtenValue(value, keyset.terms[index]?.type)
    if (written === undefined) return undefined
    values.push(written)
  }
  return toBase64url(JSON.stringify([version, cursorFingerprint(mapping, select), ...values]))
}

/** The place that a cursor means in the order of a query; Left where it is no cursor of a query of this shape. */
export const placeAt = (mapping: Mapping, select: SelectDescriptor, keyset: Keyset, cursor: string): Either<QueryError, readonly unknown[]> => {
  const content = contentOf(cursor)
  if (content === undefined) return left(refused('the cursor is not one that page() gave', 'start without a cursor'))
  const [made, fingerprint, ...values] = content
  if (made !== version || fingerprint !== cursorFingerprint(mapping, select)) return left(refused('the cursor belongs to another query', 'use a cursor with the query that gave it, in the same order and by the same conditions'))
  if (values.length !== keyset.terms.length) return left(refused('the cursor is not one that page() gave', 'start without a cursor'))
  const place: unknown[] = []
  for (const [index, term] of keyset.terms.entries()) {
    const value = placeValue(values[index], term)
    if (value === undefined) return left(refused('the cursor is not one that page() gave', 'start without a cursor'))
    place.push(value)
  }
  return right(place)
}

const version = 1

/** The shape of the query without its values, without how many rows it wants and what comes with them. */
const cursorFingerprint = (mapping: Mapping, select: SelectDescriptor): string => {
  const { limit: _limit, offset: _offset, lock: _lock, autoflush: _autoflush, keyset: _keyset, ...rest } = select
  return hash(`${mapping.fingerprint} ${shapeOf(mapping, { ...rest, options: [], populateExisting: false }).key}`)
}

const contentOf = (cursor: unknown): readonly unknown[] | undefined => {
  if (typeof cursor !== 'string' || cursor.length > longest) return undefined
  const text = fromBase64url(cursor)
  if (text === undefined) return undefined
  try {
    const content: unknown = JSON.parse(text)
    return Array.isArray(content) ? content : undefined
  } catch {
    return undefined
  }
}

/** What is longer was not made here, or orders by texts that no cursor should carry. */
const longest = 65_536

const refused = (message: string, hint: string): QueryError => ({ _tag: 'QueryError', code: 'argument', message, hint })
