// Expressions, joins and loader options of queries, as the descriptors that the builders make.

import type { BinaryOperator, LoaderOption, LoadStrategy, MappedEntity, Mapping, Ordering, QueryNode, RelationshipRef } from '@relata/core'
import type { Json } from './case.js'
import { isRecord, listOf, textOf } from './json.js'
import { binaryOperators, databaseTypes } from './join-expression.js'

/** What the names of a query stand for: entities by their own names, aliases by theirs. */
export interface Names {
  readonly mapping: Mapping
  readonly aliases: ReadonlyMap<string, string>
  /** The object that a path leads to. */
  readonly object: (path: string) => object
}

export const entityNamed = (names: Names, name: string): MappedEntity => {
  const entity = names.mapping.entities[names.aliases.get(name) ?? name]
  if (entity === undefined) throw new Error(`no entity or alias ${name}`)
  return entity
}

export const queryNode = (names: Names, expression: Json): QueryNode => {
  if (!Array.isArray(expression)) return { _tag: 'literal', value: expression }
  const [head, ...args] = listOf(expression)
  const operator = textOf(head)
  const arg = (index: number): QueryNode => queryNode(names, args[index] ?? null)
  if (isRelationship(args[0])) return relationshipNode(names, operator, args)
  if (binaryOperators.has(operator)) return { _tag: 'binary', operator: operator as BinaryOperator, left: arg(0), right: arg(1) }
  switch (operator) {
    case 'attr': return { _tag: 'attribute', source: textOf(args[0]), entity: entityNamed(names, textOf(args[0])).name, name: textOf(args[1]) }
    case 'col': return { _tag: 'tableColumn', table: textOf(args[0]), column: textOf(args[1]) }
    case 'lit': return { _tag: 'literal', value: args[0] }
    case 'null': return { _tag: 'null' }
    case 'and': case 'or': return { _tag: 'logical', operator, args: args.map((each) => queryNode(names, each)) }
    case 'not': return { _tag: 'not', arg: arg(0) }
    case 'isNull': return { _tag: 'nullTest', negated: false, arg: arg(0) }
    case 'isNotNull': return { _tag: 'nullTest', negated: true, arg: arg(0) }
    case 'in': return { _tag: 'in', negated: false, arg: arg(0), items: [{ _tag: 'list', values: listOf(args[1]) }] }
    case 'fn': return { _tag: 'function', name: textOf(args[0]), args: args.slice(1).map((each) => queryNode(names, each)) }
    case 'cast': return { _tag: 'cast', arg: arg(0), type: databaseTypes[textOf(args[1])] ?? { kind: 'text' } }
    case 'op': return { _tag: 'custom', symbol: textOf(args[0]), comparison: true, left: arg(1), right: arg(2) }
    default: throw new Error(`unknown expression ${JSON.stringify(expression)}`)
  }
}

export const queryOrder = (names: Names, item: Json): Ordering<QueryNode> => {
  if (isRecord(item)) return { arg: queryNode(names, item['by'] ?? null), direction: item['desc'] === true ? 'desc' : 'asc' }
  return { arg: queryNode(names, item), direction: 'asc' }
}

/** `["rel", ENTITY-or-alias, ATTR, {ofType?, where?}?]`: the reference, and the condition on the edge. */
export const relationshipRef = (names: Names, expression: Json): { readonly ref: RelationshipRef; readonly where?: QueryNode } => {
  const [, source, name, more] = listOf(expression)
  const settings = isRecord(more) ? more : {}
  const ofType = settings['ofType']
  return {
    ref: {
      source: textOf(source), entity: entityNamed(names, textOf(source)).name, name: textOf(name),
      ...(ofType !== undefined && { ofType: { entity: entityNamed(names, textOf(ofType)).name, source: textOf(ofType) } }),
    },
    ...(settings['where'] !== undefined && { where: queryNode(names, settings['where']) }),
  }
}

const relationshipNode = (names: Names, operator: string, args: readonly Json[]): QueryNode => {
  const { ref: relationship, where: edge } = relationshipRef(names, args[0] ?? null)
  switch (operator) {
    case 'any': case 'has': {
      const given = [...(edge === undefined ? [] : [edge]), ...(args[1] === undefined ? [] : [queryNode(names, args[1])])]
      const [first, ...others] = given
      return {
        _tag: 'related', quantifier: operator, relationship,
        ...(first !== undefined && { where: others.length === 0 ? first : { _tag: 'logical', operator: 'and', args: given } }),
      }
    }
    case 'contains': case 'eq': case 'ne': return { _tag: 'relatedTo', operator, relationship, object: names.object(refOf(args[1])) }
    case 'isNull': case 'isNotNull': return { _tag: 'relatedNull', negated: operator === 'isNotNull', relationship }
    default: throw new Error(`unknown comparison of a relationship: ${operator}`)
  }
}

// ---------- loader options

const strategies: Readonly<Record<string, LoadStrategy>> = {
  joined: 'joined', selectin: 'selectin', subquery: 'subquery', immediate: 'immediate', lazy: 'lazy', raise: 'raise', noload: 'noload', contains: 'contains', default: 'default',
}

const strategyOf = (how: Json | undefined, settings: { readonly [key: string]: Json } = {}): LoadStrategy => {
  const strategy = strategies[textOf(how)]
  if (strategy === undefined) throw new Error(`unknown loader option ${textOf(how)}`)
  return strategy === 'raise' && settings['sqlOnly'] === true ? 'raise_on_sql' : strategy
}

export const loaderOption = (names: Names, option: Json): LoaderOption => {
  if (Array.isArray(option)) return chain(names, option)
  const given = option as { readonly [key: string]: Json }
  if (given['all'] !== undefined) return { _tag: 'wildcard', strategy: strategyOf(given['all'], given) }
  if (given['only'] !== undefined) return { _tag: 'columns', how: 'only', entity: textOf(given['entity']), attributes: listOf(given['only']).map(textOf) }
  if (given['defer'] !== undefined) return { _tag: 'columns', how: 'defer', entity: textOf(given['entity']), attributes: Array.isArray(given['defer']) ? given['defer'].map(textOf) : [textOf(given['defer'])] }
  if (given['criteria'] !== undefined) {
    const [entity, where] = listOf(given['criteria'])
    return { _tag: 'criteria', entity: textOf(entity), where: queryNode(names, where ?? null), includeAliases: true }
  }
  throw new Error(`unknown option ${JSON.stringify(option)}`)
}

const chain = (names: Names, links: readonly Json[]): LoaderOption => {
  const [first, ...rest] = links
  const [how, entity, attribute, more] = listOf(first)
  const settings = isRecord(more) ? more : {}
  if (how === 'only' || how === 'defer') return { _tag: 'columns', how, entity: textOf(entity), attributes: listOf(attribute).map(textOf) }
  if (attribute === '*') return { _tag: 'wildcard', strategy: strategyOf(how, settings), entity: textOf(entity) }
  const source = textOf(entity)
  const { ofType, where, innerjoin, recursionDepth, alias } = settings
  return {
    _tag: 'relationship',
    strategy: strategyOf(how, settings),
    relationship: {
      source, entity: entityNamed(names, source).name, name: textOf(attribute),
      ...(ofType !== undefined && { ofType: { entity: entityNamed(names, textOf(ofType)).name, source: textOf(ofType) } }),
    },
    ...(where !== undefined && { where: queryNode(names, where) }),
    ...(innerjoin !== undefined && { innerjoin: innerjoin as boolean | 'unnested' }),
    ...(recursionDepth !== undefined && { recursionDepth: Number(recursionDepth) }),
    ...(alias !== undefined && { alias: textOf(alias) }),
    below: rest.length === 0 ? [] : [chain(names, rest)],
  }
}

const isRelationship = (value: Json | undefined): boolean => Array.isArray(value) && value[0] === 'rel'

/** The path of `{ref: PATH}`. */
export const refOf = (value: Json | undefined): string => {
  if (isRecord(value) && typeof value['ref'] === 'string') return value['ref']
  throw new Error(`not a reference: ${JSON.stringify(value)}`)
}
