// A keyset: an order of a query's rows in which no two are equal, so that reading can go on after any of them.
//
// The query's own order comes first and its primary key breaks ties, unless something unique is in the order already.

import type { Either } from 'fp-ts/lib/Either.js'
import { left, right } from 'fp-ts/lib/Either.js'
import type { MappedAttribute, MappedRelationship, Mapping } from '../../configure/mapping.js'
import { children, isOperation } from '../../expression/map-children.js'
import type { QueryNode, SelectDescriptor } from '../../query/descriptor.js'
import type { DatabaseType } from '../../schema/database-type.js'
import type { QueryError } from '../load/query-error.js'

/** One part of the order. */
export interface KeysetTerm {
  readonly arg: QueryNode
  readonly direction: 'asc' | 'desc'
  /** As the query said it. */
  readonly said?: 'first' | 'last'
  /** Where null stands; undefined where the value is never null. */
  readonly nulls: 'first' | 'last' | undefined
  /** Undefined where the expression is no attribute. */
  readonly type: DatabaseType | undefined
}

export interface Keyset {
  readonly _tag: 'Keyset'
  readonly terms: readonly KeysetTerm[]
}

/** What a database does with null where an ordering does not say. */
export type NullOrder = 'least' | 'greatest'

/** The keyset of a query, or why it has none: its rows are no rows of entities (groups, set operations), or are counted already. */
export const keysetOf = (mapping: Mapping, select: SelectDescriptor, nulls: NullOrder): Either<QueryError, Keyset> => {
  const reason = whyNot(mapping, select)
  if (reason !== undefined) return left(reason)
  const outer = outerSources(select)
  const own = select.orderBy.map((ordering): KeysetTerm => {
    const attribute = attributeOf(mapping, select, ordering.arg)
    const canBeNull = attribute === undefined || attribute.nullable || (ordering.arg._tag === 'attribute' && outer.has(ordering.arg.source))
    return {
      arg: ordering.arg, direction: ordering.direction, ...(ordering.nulls === undefined ? {} : { said: ordering.nulls }),
      nulls: canBeNull ? ordering.nulls ?? ((ordering.direction === 'asc') === (nulls === 'least') ? 'first' : 'last') : undefined,
      type: attribute?.descriptor.type.database,
    }
  })
  const terms: KeysetTerm[] = []
  const entities = rootSources(mapping, select)
  for (const term of own) {
    if (!terms.some((other) => sameAttribute(other.arg, term.arg))) terms.push(term)
    // A unique value of the only entity decides: what follows cannot matter.
    if (entities.length === 1 && term.nulls === undefined && isUnique(mapping, select, term.arg)) return right({ _tag: 'Keyset', terms })
  }
  for (const { entity, source } of entities) {
    for (const name of mapping.entities[entity]?.primaryKey ?? []) {
      const arg: QueryNode = { _tag: 'attribute', source, entity, name }
      if (terms.some((other) => sameAttribute(other.arg, arg))) continue
      terms.push({ arg, direction: 'asc', nulls: outer.has(source) ? (nulls === 'least' ? 'first' : 'last') : undefined, type: mapping.entities[entity]?.attribute[name]?.descriptor.type.database })
    }
  }
  return right({ _tag: 'Keyset', terms })
}

/** The keyset of the same rows from the last to the first. */
export const reversed = ({ terms }: Keyset): Keyset => ({
  _tag: 'Keyset',
  terms: terms.map(({ said, ...term }) => ({
    ...term, direction: term.direction === 'asc' ? 'desc' : 'asc', nulls: otherEnd(term.nulls), ...(said === undefined ? {} : { said: said === 'first' ? 'last' : 'first' }),
  })),
})

const otherEnd = (nulls: KeysetTerm['nulls']): KeysetTerm['nulls'] => (nulls === undefined ? undefined : nulls === 'first' ? 'last' : 'first')

const whyNot = (mapping: Mapping, select: SelectDescriptor): QueryError | undefined => {
  if (select.setOperations.length > 0) return refused('a union of queries', 'select from it as a subquery of one entity')
  if (select.groupBy.length > 0 || select.having.length > 0) return refused('a query of groups', 'group in a subquery, and join it to an entity')
  const expanding = select.joins.find(({ to }) => to._tag === 'relationship' && relationshipOf(mapping, to.relationship)?.uselist === true)
  if (select.result._tag === 'entity') {
    if (expanding !== undefined && !select.distinct) return refused('a query that joins a collection, which gives an object many rows,', 'use any() for the condition, or distinct')
  } else {
    if (select.distinct) return refused('a distinct query of fields', 'select the entity, or leave distinct out')
    const stranger = [...select.from, ...select.joins.flatMap(({ to }) => (to._tag === 'source' ? [to.source] : []))].find((source) => source._tag !== 'entity')
    if (stranger !== undefined) return refused(`a query of '${stranger.source}', which has no primary key,`, 'select from entities')
    if (Object.values(select.result.fields).some(isAggregate)) return refused('an aggregate', 'it is one row')
  }
  const found = select.result._tag === 'entity' ? mapping.entities[select.result.entity] : undefined
  if (select.result._tag === 'entity' && (found === undefined || found.primaryKey.length === 0)) return refused(`a query of '${select.result.entity}'`, 'map it with a primary key')
  return undefined
}

const refused = (what: string, hint: string): QueryError => ({ _tag: 'QueryError', code: 'not-supported', message: `${what} cannot be read by keyset: its rows have no key to go on after`, hint })

/** Does a field stand for many rows? A window does not. */
const isAggregate = (node: QueryNode): boolean =>
  (node._tag === 'function' && node.over === undefined && aggregates.has(node.name)) || (isOperation(node) && !(node._tag === 'function' && node.over !== undefined) && children(node).some(isAggregate))

const aggregates: ReadonlySet<string> = new Set(['count', 'sum', 'min', 'max', 'avg'])

/** The entities whose keys tell rows apart: of objects the one that is given, of fields all. */
const rootSources = (mapping: Mapping, select: SelectDescriptor): readonly { readonly entity: string; readonly source: string }[] => {
  if (select.result._tag === 'entity') return [select.result]
  return [
    ...select.from.flatMap((source) => (source._tag === 'entity' ? [source] : [])),
    ...select.joins.flatMap(({ to }) => to._tag === 'source'
      ? (to.source._tag === 'entity' ? [to.source] : [])
      : [{ entity: to.relationship.ofType?.entity ?? relationshipOf(mapping, to.relationship)?.target ?? to.source, source: to.source }]),
  ]
}

/** Sources that may be absent from a row. */
const outerSources = (select: SelectDescriptor): ReadonlySet<string> => {
  const outer = new Set<string>()
  for (const { kind, to } of select.joins) {
    if (kind !== 'inner') outer.add(to._tag === 'relationship' ? to.source : to.source.source)
    if (kind === 'full') for (const source of select.from) outer.add(source.source)
  }
  return outer
}

/** The attribute that an expression is, of the entity itself: what a subclass adds is null in rows of others. */
const attributeOf = (mapping: Mapping, select: SelectDescriptor, node: QueryNode): MappedAttribute | undefined => {
  if (node._tag !== 'attribute') return undefined
  const entity = select.result._tag === 'entity' && node.source === select.result.source ? select.result.entity : node.entity
  return mapping.entities[entity]?.attribute[node.name]
}

const isUnique = (mapping: Mapping, select: SelectDescriptor, node: QueryNode): boolean => {
  const [root] = rootSources(mapping, select)
  if (node._tag !== 'attribute' || root === undefined || node.source !== root.source) return false
  const entity = mapping.entities[root.entity]
  const attribute = entity?.attribute[node.name]
  return attribute !== undefined && (attribute.descriptor.options.unique === true || (entity?.primaryKey.length === 1 && entity.primaryKey[0] === node.name))
}

const sameAttribute = (a: QueryNode, b: QueryNode): boolean => a._tag === 'attribute' && b._tag === 'attribute' && a.source === b.source && a.name === b.name

const relationshipOf = (mapping: Mapping, { entity, name }: { readonly entity: string; readonly name: string }): MappedRelationship | undefined =>
  mapping.entities[entity]?.relationship[name]
