// Spans are named and described by the semantic conventions for databases.

import { expect, test } from 'vitest'
import type { Query } from '@relata/sql/driver'
import { scripted } from '../../src/scripted/index.js'
import { traced } from '../../src/traced/index.js'
import { errorOf } from '../postgresql/behaviour.js'

interface Span { readonly name: string; readonly kind: number; readonly attributes: Record<string, string | number>; status?: unknown; ended: boolean }

test('a span for each operation, ended whatever happens', async () => {
  const spans: Span[] = []
  const tracer = {
    startSpan: (name: string, { kind, attributes }: { readonly kind: number; readonly attributes: Readonly<Record<string, string | number>> }) => {
      const span: Span = { name, kind, attributes: { ...attributes }, ended: false }
      spans.push(span)
      return {
        setAttribute: (key: string, value: string | number) => { span.attributes[key] = value },
        setStatus: (status: unknown) => { span.status = status },
        end: () => { span.ended = true },
      }
    },
  }
  const driver = await traced(tracer)(scripted([{ rows: [[1]] }, { error: 'unique' }], { dialect: 'postgres' })).connect()
  const connection = await driver.acquire()
  const select: Query = { sql: 'select id from users', params: [], kind: 'select', table: 'users' }
  await connection.execute(select)
  await errorOf(connection.execute({ ...select, sql: 'insert into users', kind: 'insert' }))
  await connection.commit()
  expect(spans).toEqual([
    { name: 'acquire postgresql', kind: 2, ended: true, attributes: { 'db.system.name': 'postgresql', 'db.operation.name': 'acquire' } },
    { name: 'SELECT users', kind: 2, ended: true, attributes: { 'db.system.name': 'postgresql', 'db.operation.name': 'SELECT', 'db.collection.name': 'users', 'db.query.text': 'select id from users', 'db.response.returned_rows': 1 } },
    { name: 'INSERT users', kind: 2, ended: true, status: { code: 2, message: 'unique' }, attributes: { 'db.system.name': 'postgresql', 'db.operation.name': 'INSERT', 'db.collection.name': 'users', 'db.query.text': 'insert into users', 'error.type': 'unique' } },
    { name: 'COMMIT postgresql', kind: 2, ended: true, attributes: { 'db.system.name': 'postgresql', 'db.operation.name': 'COMMIT', 'db.query.text': 'commit' } },
  ])
})
