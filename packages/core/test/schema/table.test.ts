// Tables as frozen data.

import { expect, test } from 'vitest'
import { column, databaseName, gt, integer, table, text } from '@relata/core'

const lines = table(
  'lines',
  {
    orderId: column(integer, { name: 'order_id', primaryKey: true, references: 'orders.id', onDelete: 'cascade', deferrable: true }),
    no: column(integer, { primaryKey: true }),
    sku: column(text, { unique: true, index: true }),
    shop: column(integer),
  },
  {
    schema: 'sales',
    foreignKeys: [{ name: 'fk_sku', columns: ['shop', 'sku'], table: 'skus', references: ['shop', 'code'], onUpdate: 'restrict' }],
    uniques: [{ columns: ['shop', 'no'] }],
    indexes: [{ columns: ['shop'] }],
    checks: (c) => [{ name: 'positive', condition: gt(c.no, 0) }],
  },
)

test('keys of one column and of several are in one list', () => {
  expect(lines.primaryKey).toEqual(['orderId', 'no'])
  expect(lines.foreignKeys).toEqual([
    { columns: ['orderId'], table: 'orders', references: ['id'], onDelete: 'cascade', deferrable: true },
    { name: 'fk_sku', columns: ['shop', 'sku'], table: 'skus', references: ['shop', 'code'], onUpdate: 'restrict' },
  ])
  expect(lines.uniques).toEqual([{ columns: ['sku'] }, { columns: ['shop', 'no'] }])
  expect(lines.indexes).toEqual([{ columns: ['sku'], unique: false }, { columns: ['shop'], unique: false }])
})

test('a check is a condition of its columns', () => {
  expect(lines.checks).toEqual([{ name: 'positive', condition: { _tag: 'binary', operator: 'gt', left: { _tag: 'tableColumn', table: 'lines', column: 'no' }, right: { _tag: 'literal', value: 0 } } }])
})

test('a column in an expression is named by its property; its name in the database is apart', () => {
  expect(lines.c.orderId).toEqual({ _tag: 'tableColumn', table: 'lines', column: 'orderId' })
  expect(databaseName(lines, 'orderId')).toBe('order_id')
  expect(databaseName(lines, 'no')).toBe('no')
})

test('a table in a schema is referred to by what precedes the last dot', () => {
  const t = table('t', { a: column(integer, { references: 'sales.orders.id' }) })
  expect(t.foreignKeys[0]).toEqual({ columns: ['a'], table: 'sales.orders', references: ['id'] })
})

test('what is built is frozen', () => {
  for (const part of [lines, lines.columns, lines.c, lines.c.no, lines.primaryKey, lines.foreignKeys, lines.columns.no, lines.columns.no.options, lines.columns.no.type]) expect(Object.isFrozen(part)).toBe(true)
})
