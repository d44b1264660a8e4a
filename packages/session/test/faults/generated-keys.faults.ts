// Keys as distributed databases give them: past 2^53, and not one after another. Each object has its own, wherever keys go.

import { bigint, column, entities, entity, eq, integer, options, orderBy, asc, registry, relationship, select, selectinload, table, text, where, type Model } from '@relata/core'
import { create, createAll, commit, disconnect, dropAll, run, set, sql } from '@relata/session'
import { open, query } from '@relata/session/plain'
import type { Adapter } from '@relata/sql/driver'
import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { embedded, mysqlOf, servers, type Subject } from './subjects.js'

const parents = table('far_parents', { id: column(bigint, { primaryKey: true }), name: column(text), position: column(integer) })
const children = table('far_children', { id: column(bigint, { primaryKey: true }), name: column(text), parentId: column(bigint, { references: 'far_parents.id', nullable: true }) })
const farEntities = entities({
  Parent: entity(parents, { children: relationship('Child', { backPopulates: 'parent' }) }),
  Child: entity(children, { parent: relationship('Parent', { backPopulates: 'children' }) }),
})
interface Far extends Model<typeof farEntities> {}
const far = registry<Far>(farEntities)
const { Parent, Child } = far.entities

const past = 2n ** 53n
const count = 200

interface Keyed extends Subject {
  /** What makes the keys of a table begin past 2^53. */
  readonly begin: (table: string) => string
}

const beginnings: Readonly<Record<string, (table: string) => string>> = {
  sqlite: (name) => `insert into ${name} (id, name${name === 'far_parents' ? ', position' : ''}) values (${past}, 'first'${name === 'far_parents' ? ', -1' : ''})`,
  mysql: (name) => `alter table ${name} auto_increment = ${past + 1n}`,
}
const sequence = (step: number) => (name: string) => `alter sequence ${name}_id_seq increment by ${step} restart with ${past + 1n}`

const apart = { auto_increment_increment: 3, auto_increment_offset: 2 }
const noReturning = { returning: { insert: false, update: false, delete: false } }
const subjects: readonly Keyed[] = [
  ...[...embedded, ...servers].map((subject) => ({ ...subject, begin: beginnings[subject.name] ?? sequence(1) })),
  ...servers.filter(({ name }) => name !== 'mysql').map((subject) => ({ ...subject, name: `${subject.name}, every third key`, begin: sequence(3) })),
  mysqlOf('mysql, every third key', { session: apart }),
  mysqlOf('mysql, every third key and no RETURNING', { session: apart, capabilities: noReturning }),
  mysqlOf('mysql, no RETURNING', { capabilities: noReturning }),
].map((subject) => ({ begin: beginnings['mysql']!, ...subject }))

describe.each(subjects)('$name', ({ name, missing, open: adapterOf, begin }) => {
  test.skipIf(missing !== undefined)(`${count} parents with two children each${missing === undefined ? '' : `: ${missing}`}`, async () => {
    const adapter: Adapter = await adapterOf()
    const prepared = await run(far, adapter)(pipe(dropAll(far), RTE.chain(() => createAll(far)), RTE.chain(() => sql(begin('far_parents'))), RTE.chain(() => sql(begin('far_children'))), RTE.chain(() => commit)))()
    expect(E.isRight(prepared) ? 'prepared' : prepared.left).toBe('prepared')
    const db = await open(far, adapter)
    const made = Array.from({ length: count }, (_, position) => create(Parent, { name: `p${position}`, position, children: [create(Child, { name: `${position} a` }), create(Child, { name: `${position} b` })] }))
    db.add(...made)
    await db.commit()
    const keys = made.map(({ id }) => id ?? 0n)
    expect(new Set(keys).size).toBe(count)
    expect(keys.every((key) => typeof key === 'bigint' && key > past)).toBe(true)

    // In the session that made them: the same objects by their keys.
    for (const parent of made) expect(await db.get(Parent, parent.id ?? 0n)).toBe(parent)
    await db.close()

    // In another: each row is whose it was, by get, by a condition, by relationships both ways, and by pages.
    const other = await open(far, adapter)
    const read = await other.all(query(select(Parent), orderBy(asc(Parent.id)), options(selectinload(Parent.children))))
    const ours = read.filter(({ position }) => position >= 0)
    expect(new Map(ours.map(({ id, name: called }) => [id, called]))).toEqual(new Map(made.map(({ id, name: called }) => [id, called])))
    for (const parent of ours) {
      expect(parent.children.map((child) => child.name).toSorted()).toEqual([`${parent.position} a`, `${parent.position} b`])
      expect(parent.children.every((child) => child.parentId === parent.id)).toBe(true)
    }
    const byKey = query(select(Parent), orderBy(asc(Parent.id)))
    let page = await other.page(byKey, { first: 30 })
    const paged = page.items.map(({ id }) => id)
    while (page.end !== undefined) {
      page = await other.page(byKey, { first: 30, after: page.end })
      paged.push(...page.items.map(({ id }) => id))
    }
    expect(paged).toEqual(read.map(({ id }) => id))
    const [one] = ours
    if (one === undefined) throw new Error('there are rows')
    expect(await other.get(Parent, one.id)).toBe(one)
    expect(await other.all(query(select({ name: Parent.name }), where(eq(Parent.id, one.id))))).toEqual([{ name: one.name }])
    const neighbour = await other.get(Parent, one.id + 1_000_000n)
    expect(neighbour).toBeUndefined()
    set(Parent, { name: 'renamed' })(one)
    await other.commit()
    expect(await other.all(query(select({ id: Parent.id }), where(eq(Parent.name, 'renamed'))))).toEqual([{ id: one.id }])
    await other.close()
    await disconnect(adapter)()
    const sorted = keys.toSorted((a, b) => (a < b ? -1 : 1))
    const steps = new Set(sorted.slice(1).map((key, index) => String(key - (sorted[index] ?? 0n))))
    console.info(`${name}: ${count} parents and ${count * 2} children, keys from ${sorted[0]} in steps of ${[...steps].join(', ')}`)
    expect([...steps]).toEqual([name.includes('every third') ? '3' : '1'])
  }, 60_000)
})
