// What the types cost: a registry of 120 entities with 3 relationships and a query each.

import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compile } from './compiling.js'

const count = 120
const names = Array.from({ length: count }, (_, index) => index)
const after = (index: number): number => (index + 1) % count
const before = (index: number): number => (index + count - 1) % count

const program = `
import { pipe } from 'fp-ts/lib/function.js'
import { any, column, desc, entities, entity, eq, gt, integer, joinedload, like, limit, options, orderBy, registry, relationship, select, selectinload, table, text, where } from '@relata/core'
import type { Created, EntityName, HandleOf, Creation, Model, Models, ResultOf, Runnable } from '@relata/core'
declare const all: <Q extends Runnable>(query: Q) => ReadonlyArray<ResultOf<Q>>
declare const create: <M extends Models<M>, N extends EntityName<M>>(handle: HandleOf<M, N>, values: Creation<M, N>) => Created<M, N>
${names.map((i) => `export const t${i} = table('t${i}', {
  id: column(integer, { primaryKey: true }), name: column(text), note: column(text, { nullable: true }), size: column(integer, { default: 0 }),
  parentId: column(integer, { references: 't${i}.id', nullable: true }), nextId: column(integer, { references: 't${after(i)}.id' }),
})`).join('\n')}
export const bigEntities = entities({
${names.map((i) => `  E${i}: entity(t${i}, {
    next: relationship('E${after(i)}', { backPopulates: 'previous' }),
    previous: relationship('E${before(i)}', { backPopulates: 'next', cascade: 'all, delete-orphan' }),
    children: relationship('E${i}', { lazy: 'selectin' }),
  }),`).join('\n')}
})
export interface Big extends Model<typeof bigEntities> {}
export const big = registry<Big>(bigEntities)
export const { ${names.map((i) => `E${i}`).join(', ')} } = big.entities
${names.map((i) => `export const q${i} = all(pipe(
  select(E${i}), where(eq(E${i}.name, 'x'), gt(E${i}.size, 1)), where(any(E${i}.previous, like(E${before(i)}.name, 'y%'))),
  orderBy(desc(E${i}.id)), limit(10), options(selectinload(E${i}.previous), joinedload(E${i}.next)),
)).map((x) => [x.name, x.next.size, x.previous[0]!.name] as const)
export const n${i} = create(E${i}, { name: 'a', nextId: 1 }).previous.length`).join('\n')}
`

// What consumers pay: the built declarations, where they are built.
const built = existsSync(new URL('../../dist/index.d.ts', import.meta.url))

test.skipIf(!built)('120 entities stay within 600,000 instantiations and 500 kB of declarations', async () => {
  const compiled = await compile(program, { published: true })
  console.info(`types: ${compiled.figure('Instantiations')} instantiations, ${Math.round(compiled.declarationBytes / 1000)} kB of declarations, checked in ${compiled.figure('Check time')} s`)
  expect(compiled.output).not.toContain('error')
  expect(compiled.figure('Instantiations')).toBeLessThan(600_000)
  expect(compiled.declarationBytes).toBeLessThan(500_000)
  expect(compiled.declarationBytes).toBeGreaterThan(0)
}, 120_000)
