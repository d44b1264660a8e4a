// Ratios to the bare driver on PostgreSQL: RELATA_POSTGRES_URL, or the server on this machine. Without one, they are left out.

import postgresjs from 'postgres'
import { pipe } from 'fp-ts/lib/function.js'
import { joinedload, options, select, selectinload, type Loaded } from '@relata/core'
import { add, all, commit, create, createAll, destroy, dropAll, flush, rollback, set, sql, type Db } from '@relata/session'
import { postgres } from '@relata/adapters/postgres'
import type { Adapter } from '@relata/sql/driver'
import { emptyPostgres, fillPostgres } from './fill.js'
import { ChildRow, ParentRow, TagRow } from './floor.js'
import { compared, ratio, spentBy, warmUp, type Measured, type Spent } from './measure.js'
import { overhead } from './overhead.js'
import { must, steps } from './program.js'
import { Child, Parent, tagged } from './schema.js'

const url = process.env['RELATA_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test'

type Row = readonly unknown[]

/** The client library by hand: one connection, prepared statements, rows as arrays. */
interface Floor { readonly rows: <R extends Row>(text: string, ...values: readonly unknown[]) => Promise<readonly R[]>; readonly end: () => Promise<void> }

const openFloor = async (): Promise<Floor> => {
  const client = postgresjs(url, { max: 1, connect_timeout: 2, onnotice: () => undefined })
  await client`select 1`
  return {
    rows: async <R extends Row>(text: string, ...values: readonly unknown[]) => await client.unsafe(text, values as never[], { prepare: true }).values() as unknown as readonly R[], // the library types rows as records
    end: () => client.end({ timeout: 1 }),
  }
}

/** Is there a server? */
export const postgresAnswers = async (): Promise<boolean> => {
  try {
    await (await openFloor()).end()
    return true
  } catch {
    return false
  }
}

interface Both { readonly floor: Floor; readonly adapter: Adapter }

/** The same tables through both. */
const both = async <A>(rows: readonly string[], work: (pair: Both) => Promise<A>): Promise<A> => {
  const adapter = postgres({ url })
  const floor = await openFloor()
  try {
    await must(adapter, steps(async (perform) => {
      await perform(dropAll(tagged))
      await perform(createAll(tagged))
      await perform(sql('create index bench_children_parent on bench_children (parent_id)'))
      for (const text of rows) await perform(sql(text))
      await perform(commit)
      await perform(sql('analyze'))
      await perform(commit)
    }), tagged)
    return await work({ floor, adapter })
  } finally {
    await floor.end()
    const driver = await adapter.connect()
    await driver.close()
  }
}

const parentsByHand = async (floor: Floor): Promise<Map<number, ParentRow>> => {
  const found = new Map<number, ParentRow>()
  for (const row of await floor.rows<readonly [number, string, number]>('select id, name, rank from bench_parents')) found.set(row[0], new ParentRow(row[0], row[1], row[2]))
  return found
}

const selectinByHand = async (floor: Floor): Promise<Map<number, ChildRow>> => {
  const found = await parentsByHand(floor)
  const members = new Map<number, ChildRow>()
  for (const row of await floor.rows<readonly [number, string, number]>('select id, name, parent_id from bench_children where parent_id = any($1::int[])', [...found.keys()])) {
    const child = new ChildRow(row[0], row[1], row[2])
    members.set(row[0], child)
    found.get(row[2])?.children.push(child)
  }
  return members
}

const eagerOnPostgres = (): Promise<readonly Measured[]> => both(fillPostgres(1000, 10, 0), async ({ floor, adapter }) => [
  await ratio('postgres: 1,000 parents × 10 children, joined', 1.3, {
    run: async () => {
      const found = new Map<number, ParentRow>()
      const members = new Map<number, ChildRow>()
      for (const row of await floor.rows<readonly [number, string, number, number | null, string, number]>('select p.id, p.name, p.rank, c.id, c.name, c.parent_id from bench_parents p left join bench_children c on c.parent_id = p.id')) {
        let parent = found.get(row[0])
        if (parent === undefined) found.set(row[0], parent = new ParentRow(row[0], row[1], row[2]))
        if (row[3] === null || members.has(row[3])) continue
        const child = new ChildRow(row[3], row[4], row[5])
        members.set(row[3], child)
        parent.children.push(child)
      }
      return found
    },
  }, { run: () => must(adapter, all(pipe(select(Parent), options(joinedload(Parent.children))))) }, 21),
  await ratio('postgres: 1,000 parents × 10 children, selectin', 1.3, { run: () => selectinByHand(floor) }, {
    run: () => must(adapter, all(pipe(select(Parent), options(selectinload(Parent.children))))),
  }, 21),
])

const threeLevelsOnPostgres = (): Promise<Measured> => both(fillPostgres(1000, 10, 50), ({ floor, adapter }) => ratio('postgres: three levels, the last many-to-many, selectin', 1.3, {
  run: async () => {
    const members = await selectinByHand(floor)
    const known = new Map<number, TagRow>()
    for (const row of await floor.rows<readonly [number, number, string]>('select ct.child_id, t.id, t.name from bench_child_tags ct join bench_tags t on t.id = ct.tag_id where ct.child_id = any($1::int[])', [...members.keys()])) {
      let tag = known.get(row[1])
      if (tag === undefined) known.set(row[1], tag = new TagRow(row[1], row[2]))
      members.get(row[0])?.tags.push(tag)
    }
    return members
  },
}, { run: () => must(adapter, all(pipe(select(tagged.entities.Parent), options(selectinload(tagged.entities.Parent.children, selectinload(tagged.entities.Child.tags))))), tagged) }, 11))

const insertGraphOnPostgres = (): Promise<Measured> => both([], ({ floor, adapter }) => ratio('postgres: insert 5,000 parents × 4 children, keys read back', 1.4, {
  prepare: async () => { for (const text of emptyPostgres) await floor.rows(text) },
  run: async () => {
    const objects = Array.from({ length: 5000 }, (_, i) => ({ id: 0, name: `parent ${i}`, rank: i % 7, children: Array.from({ length: 4 }, (_x, c) => ({ id: 0, name: `child ${c}`, parentId: 0 })) }))
    await floor.rows('begin')
    const keys = await floor.rows<readonly [number]>('insert into bench_parents (name, rank) select * from unnest($1::text[], $2::int[]) returning id', objects.map(({ name }) => name), objects.map(({ rank }) => rank))
    objects.forEach((object, i) => { object.id = keys[i]?.[0] ?? 0; for (const child of object.children) child.parentId = object.id })
    const members = objects.flatMap((object) => object.children)
    for (let start = 0; start < members.length; start += 10_000) {
      const batch = members.slice(start, start + 10_000)
      const ids = await floor.rows<readonly [number]>('insert into bench_children (name, parent_id) select * from unnest($1::text[], $2::int[]) returning id', batch.map(({ name }) => name), batch.map(({ parentId }) => parentId))
      batch.forEach((child, i) => { child.id = ids[i]?.[0] ?? 0 })
    }
    await floor.rows('commit')
    return objects
  },
}, {
  prepare: () => must(adapter, steps(async (perform) => { for (const text of emptyPostgres) await perform(sql(text)); await perform(commit) })),
  run: () => must(adapter, steps(async (perform) => {
    const objects = Array.from({ length: 5000 }, (_, i) => create(Parent, { name: `parent ${i}`, rank: i % 7, children: Array.from({ length: 4 }, (_x, c) => create(Child, { name: `child ${c}` })) }))
    await perform(add(...objects))
    await perform(commit)
    return objects
  })),
}, 7))

/** Loaded outside the measure; rolled back after it. */
const changing = (name: string, rows: readonly string[], byHand: (floor: Floor) => Promise<unknown>, change: (found: readonly Loaded<typeof Parent, 'children'>[]) => Db<void>): Promise<Measured> => both(rows, async ({ floor, adapter }) => {
  const spent = { floor: [] as Spent[], ours: [] as Spent[] }
  for (let round = 0; round < warmUp + 7; round++) {
    await floor.rows('begin')
    spent.floor.push(await spentBy({ run: () => byHand(floor) }))
    await floor.rows('rollback')
    spent.ours.push(await must(adapter, steps(async (perform) => {
      const found = await perform(all(pipe(select(Parent), options(selectinload(Parent.children)))))
      const time = await spentBy({ run: () => perform(change(found)) })
      await perform(rollback)
      return time
    })))
  }
  return compared(name, 1.4, spent.floor.slice(warmUp), spent.ours.slice(warmUp))
})

const updatesOnPostgres = (): Promise<Measured> => changing('postgres: update 10,000 rows', fillPostgres(10_000, 0, 0), (floor) => {
  const ids = Array.from({ length: 10_000 }, (_, i) => i + 1)
  return floor.rows('update bench_parents set rank = v.rank from unnest($1::int[], $2::int[]) as v (id, rank) where bench_parents.id = v.id', ids, ids.map((i) => i % 11 + 10))
}, (found) => steps(async (perform) => {
  found.forEach((parent, i) => { set(Parent, { rank: i % 11 + 10 })(parent) })
  await perform(flush)
}))

const deletesOnPostgres = (): Promise<Measured> => changing('postgres: delete 1,000 parents × 10 children by cascade', fillPostgres(1000, 10, 0), async (floor) => {
  await floor.rows('delete from bench_children where id = any($1::int[])', Array.from({ length: 10_000 }, (_, i) => i + 1))
  await floor.rows('delete from bench_parents where id = any($1::int[])', Array.from({ length: 1000 }, (_, i) => i + 1))
}, (found) => steps(async (perform) => {
  await perform(destroy(...found))
  await perform(flush)
}))

const overheadOnPostgres = (): Promise<readonly Measured[]> => both(fillPostgres(100_000, 0, 0), ({ floor, adapter }) => overhead('postgres', adapter, (text, values) => floor.rows(text, ...values), '$1'))

export const postgresBenchmarks: readonly (() => Promise<Measured | readonly Measured[]>)[] = [eagerOnPostgres, threeLevelsOnPostgres, insertGraphOnPostgres, updatesOnPostgres, deletesOnPostgres, overheadOnPostgres]
