// Loader options as data.

import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import {
  alias, chunkSize, column, containsEager, defaultload, defer, deferAll, entities, entity, eq, gt, immediateload, innerjoin, integer, joinedload, lazyload, loadOnly, noload, ofType, only, optionData, options, raiseload,
  recursionDepth, registry, relationship, select, selectinload, sqlOnly, subqueryload, table, undefer, undeferAll, undeferGroup, wildcard, withLoaderCriteria,
} from '@relata/core'
import type { Model } from '@relata/core'

const nodes = table('nodes', { id: column(integer, { primaryKey: true }), parentId: column(integer, { references: 'nodes.id', nullable: true }) })
const all = entities({ Node: entity(nodes, { children: relationship('Node'), parent: relationship('Node', { remoteSide: 'nodes.id' }) }, { deferred: { parentId: 'a', id: 'b' } }) })
interface Tree extends Model<typeof all> {}
const { Node } = registry<Tree>(all).entities
const children = { source: 'Node', entity: 'Node', name: 'children' }
const loader = (strategy: string) => ({ _tag: 'relationship', strategy, relationship: children, below: [] })

test.each([
  ['joined', joinedload(Node.children)], ['selectin', selectinload(Node.children)], ['subquery', subqueryload(Node.children)], ['immediate', immediateload(Node.children)],
  ['contains', containsEager(Node.children)], ['default', defaultload(Node.children)], ['lazy', lazyload(Node.children)], ['raise', raiseload(Node.children)], ['noload', noload(Node.children)],
  ['raise_on_sql', raiseload(Node.children, sqlOnly)],
])('%s', (strategy, option) => {
  expect(optionData(option)).toEqual(loader(strategy))
})

test('options nest', () => {
  expect(optionData(selectinload(Node.children, joinedload(Node.parent), selectinload(Node.children)))).toMatchObject({
    strategy: 'selectin',
    below: [{ strategy: 'joined', relationship: { name: 'parent' } }, { strategy: 'selectin', relationship: { name: 'children' } }],
  })
})

test('settings belong to their edge', () => {
  expect(optionData(selectinload(Node.children, only(gt(Node.id, 1)), recursionDepth(3), chunkSize(100)))).toMatchObject({
    where: { _tag: 'binary', operator: 'gt' }, recursionDepth: 3, chunkSize: 100, below: [],
  })
  expect(optionData(joinedload(Node.parent, innerjoin()))).toMatchObject({ innerjoin: true })
  expect(optionData(joinedload(Node.parent, only(gt(Node.id, 1)), only(gt(Node.id, 2))))).toMatchObject({ where: { _tag: 'logical', operator: 'and', args: { length: 2 } } })
})

test('a relationship led to an alias', () => {
  const Child = alias(Node, 'Child')
  expect(optionData(containsEager(ofType(Node.children, Child)))).toMatchObject({ alias: 'Child', relationship: { ...children, ofType: { entity: 'Node', source: 'Child' } } })
})

test('columns', () => {
  expect([loadOnly(Node.id, Node.parentId), defer(Node.parentId, { raise: true }), undefer(Node.parentId), deferAll(Node), undeferAll(Node), undeferGroup(Node, 'a', 'b')].map(optionData)).toEqual([
    { _tag: 'columns', how: 'only', entity: 'Node', attributes: ['id', 'parentId'] },
    { _tag: 'columns', how: 'defer', entity: 'Node', attributes: ['parentId'], raise: true },
    { _tag: 'columns', how: 'undefer', entity: 'Node', attributes: ['parentId'] },
    { _tag: 'columns', how: 'defer', entity: 'Node', attributes: '*' },
    { _tag: 'columns', how: 'undefer', entity: 'Node', attributes: '*' },
    { _tag: 'columns', how: 'undefer', entity: 'Node', attributes: [], groups: ['a', 'b'] },
  ])
})

test('wildcards and criteria', () => {
  expect([wildcard('raise'), wildcard('joined', Node), withLoaderCriteria(Node, eq(Node.id, 1), { includeAliases: true })].map(optionData)).toMatchObject([
    { _tag: 'wildcard', strategy: 'raise' },
    { _tag: 'wildcard', strategy: 'joined', entity: 'Node' },
    { _tag: 'criteria', entity: 'Node', where: { _tag: 'binary' }, includeAliases: true },
  ])
})

test('options add up on a query', () => {
  expect(pipe(select(Node), options(joinedload(Node.parent)), options(wildcard('raise'), selectinload(Node.children))).options).toHaveLength(3)
})

test('what is no relationship and no attribute is refused where it stands', () => {
  expect(() => selectinload('children' as never)).toThrow("a loader was given 'children' that is no relationship")
  expect(() => loadOnly(Node.id, Node.children as never)).toThrow('an option for columns was given something else')
})
