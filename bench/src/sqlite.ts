// Ratios to the bare driver on SQLite in memory.

import Sqlite from 'better-sqlite3'
import { pipe } from 'fp-ts/lib/function.js'
import { joinedload, options, select, selectinload, type Loaded } from '@relata/core'
import { add, all, append, commit, create, createAll, destroy, flush, rollback, set, sql, type Db } from '@relata/session'
import { sqlite } from '@relata/adapters/sqlite'
import type { Adapter } from '@relata/sql/driver'
import { empty, fill } from './fill.js'
import { ChildRow, ParentRow, placeholders, prepared, TagRow } from './floor.js'
import { compared, once, ratio, spentBy, warmUp, type Measured, type Spent } from './measure.js'
import { must, steps } from './program.js'
import { Child, Parent, tagged } from './schema.js'

interface Pair { readonly floor: Sqlite.Database; readonly adapter: Adapter }

/** Two databases alike: one for the bare driver, one behind the adapter. */
const pair = async (...rows: readonly string[]): Promise<Pair> => {
  const adapter = sqlite()
  await must(adapter, steps(async (perform) => {
    await perform(createAll(tagged))
    for (const text of rows) await perform(sql(text))
    await perform(commit)
  }), tagged)
  const floor = new Sqlite(':memory:')
  floor.pragma('foreign_keys = 1')
  floor.exec(`
    create table bench_parents (id integer primary key, name text not null, rank integer not null);
    create table bench_children (id integer primary key, name text not null, parent_id integer references bench_parents (id));
    create table bench_tags (id integer primary key, name text not null);
    create table bench_child_tags (child_id integer not null references bench_children (id), tag_id integer not null references bench_tags (id), primary key (child_id, tag_id));`)
  const index = 'create index bench_children_parent on bench_children (parent_id)'
  floor.exec(index)
  await must(adapter, steps(async (perform) => { await perform(sql(index)); await perform(commit) }))
  for (const text of rows) floor.exec(text)
  return { floor, adapter }
}

const rawRows = (database: Sqlite.Database, text: string, ...values: readonly unknown[]): readonly (readonly unknown[])[] =>
  database.prepare(text).raw(true).all(...values) as readonly (readonly unknown[])[]

const loadRows = async (): Promise<Measured> => {
  const { floor, adapter } = await pair(...fill(100_000, 0, 0))
  const statement = floor.prepare('select id, name, rank from bench_parents').raw(true)
  return ratio('sqlite: load 100,000 rows into an identity map', 1.5, {
    run: async () => {
      const identities = new Map<number, ParentRow>()
      const found: ParentRow[] = []
      for (const row of statement.all() as readonly (readonly [number, string, number])[]) {
        const parent = new ParentRow(row[0], row[1], row[2])
        identities.set(row[0], parent)
        found.push(parent)
      }
      return found
    },
  }, { run: () => must(adapter, all(select(Parent))) })
}

const insertRows = async (): Promise<Measured> => {
  const { floor, adapter } = await pair()
  const prepare = prepared(floor)
  return ratio('sqlite: insert 10,000 objects, keys read back', 2.5, {
    prepare: () => { for (const text of empty) floor.exec(text) },
    run: async () => {
      const objects = Array.from({ length: 10_000 }, (_, i) => ({ id: 0, name: `parent ${i}`, rank: i % 7 }))
      floor.exec('begin')
      for (let start = 0; start < objects.length; start += 100) {
        const batch = objects.slice(start, start + 100)
        const keys = prepare(`insert into bench_parents (name, rank) values ${placeholders(batch.length, 2)} returning id`).raw(true).all(...batch.flatMap(({ name, rank }) => [name, rank])) as readonly (readonly [number])[]
        batch.forEach((object, i) => { object.id = keys[i]?.[0] ?? 0 })
      }
      floor.exec('commit')
      return objects
    },
  }, {
    prepare: () => must(adapter, steps(async (perform) => { for (const text of empty) await perform(sql(text)); await perform(commit) })),
    run: () => must(adapter, steps(async (perform) => {
      const objects = Array.from({ length: 10_000 }, (_, i) => create(Parent, { name: `parent ${i}`, rank: i % 7 }))
      await perform(add(...objects))
      await perform(commit)
      return objects
    })),
  })
}

const idleFlush = async (): Promise<Measured> => {
  const { adapter } = await pair(...fill(100_000, 0, 0))
  const milliseconds = await must(adapter, steps(async (perform) => {
    await perform(all(select(Parent)))
    const times: number[] = []
    for (let i = 0; i < 11; i++) times.push(await once({ run: () => perform(flush) }))
    return times.toSorted((a, b) => a - b)[5] ?? Number.NaN
  }))
  return { name: 'sqlite: flush with nothing changed among 100,000 objects', milliseconds, limit: 1 }
}

const appends = async (): Promise<Measured> => {
  const time = async (n: number): Promise<number> => {
    const parent = create(Parent, { name: 'p', rank: 1 })
    const members = Array.from({ length: n }, (_, i) => create(Child, { name: `child ${i}` }))
    return once({ run: async () => { for (const member of members) append(Parent.children, member)(parent) } })
  }
  await time(10_000)
  const [small, large] = [await time(10_000), await time(100_000)]
  return { name: 'append 100,000 children one by one, against ten times 10,000', floor: small * 10, ours: large, limit: 2 }
}

const graph = [
  'select p.id, p.name, p.rank, c.id, c.name, c.parent_id from bench_parents p left join bench_children c on c.parent_id = p.id',
] as const

const eager = async (): Promise<readonly Measured[]> => {
  const { floor, adapter } = await pair(...fill(1000, 10, 0))
  const joined = floor.prepare(graph[0]).raw(true)
  const byJoin = await ratio('sqlite: 1,000 parents × 10 children, joined', 2, {
    run: async () => {
      const found = new Map<number, ParentRow>()
      const members = new Map<number, ChildRow>()
      for (const row of joined.all() as readonly (readonly [number, string, number, number, string, number])[]) {
        let parent = found.get(row[0])
        if (parent === undefined) found.set(row[0], parent = new ParentRow(row[0], row[1], row[2]))
        if (row[3] === null || members.has(row[3])) continue
        const child = new ChildRow(row[3], row[4], row[5])
        members.set(row[3], child)
        parent.children.push(child)
      }
      return [...found.values()]
    },
  }, { run: () => must(adapter, all(pipe(select(Parent), options(joinedload(Parent.children))))) }, 15)
  const bySelectin = await ratio('sqlite: 1,000 parents × 10 children, selectin', 2, {
    run: async () => selectinByHand(floor),
  }, { run: () => must(adapter, all(pipe(select(Parent), options(selectinload(Parent.children))))) }, 15)
  return [byJoin, bySelectin]
}

const selectinByHand = (database: Sqlite.Database): readonly ParentRow[] => {
  const found = new Map<number, ParentRow>()
  for (const row of rawRows(database, 'select id, name, rank from bench_parents') as readonly (readonly [number, string, number])[]) found.set(row[0], new ParentRow(row[0], row[1], row[2]))
  const keys = [...found.keys()]
  const members = new Map<number, ChildRow>()
  for (let start = 0; start < keys.length; start += 500) {
    const chunk = keys.slice(start, start + 500)
    for (const row of rawRows(database, `select id, name, parent_id from bench_children where parent_id in (${chunk.map(() => '?').join(',')})`, ...chunk) as readonly (readonly [number, string, number])[]) {
      const child = new ChildRow(row[0], row[1], row[2])
      members.set(row[0], child)
      found.get(row[2])?.children.push(child)
    }
  }
  return [...found.values()]
}

const threeLevels = async (): Promise<Measured> => {
  const { floor, adapter } = await pair(...fill(1000, 10, 50))
  return ratio('sqlite: three levels, the last many-to-many, selectin', 2, {
    run: async () => {
      const found = selectinByHand(floor)
      const members = new Map(found.flatMap((parent) => parent.children.map((child) => [child.id, child] as const)))
      const known = new Map<number, TagRow>()
      const keys = [...members.keys()]
      for (let start = 0; start < keys.length; start += 500) {
        const chunk = keys.slice(start, start + 500)
        for (const row of rawRows(floor, `select ct.child_id, t.id, t.name from bench_child_tags ct join bench_tags t on t.id = ct.tag_id where ct.child_id in (${chunk.map(() => '?').join(',')})`, ...chunk) as readonly (readonly [number, number, string])[]) {
          let tag = known.get(row[1])
          if (tag === undefined) known.set(row[1], tag = new TagRow(row[1], row[2]))
          members.get(row[0])?.tags.push(tag)
        }
      }
      return found
    },
  }, { run: () => must(adapter, all(pipe(select(tagged.entities.Parent), options(selectinload(tagged.entities.Parent.children, selectinload(tagged.entities.Child.tags))))), tagged) }, 9)
}

const insertGraph = async (): Promise<Measured> => {
  const { floor, adapter } = await pair()
  const prepare = prepared(floor)
  return ratio('sqlite: insert 5,000 parents × 4 children, keys read back', 2.2, {
    prepare: () => { for (const text of empty) floor.exec(text) },
    run: async () => {
      const objects = Array.from({ length: 5000 }, (_, i) => ({ id: 0, name: `parent ${i}`, rank: i % 7, children: Array.from({ length: 4 }, (_x, c) => ({ id: 0, name: `child ${c}`, parentId: 0 })) }))
      floor.exec('begin')
      for (let start = 0; start < objects.length; start += 100) {
        const batch = objects.slice(start, start + 100)
        const keys = prepare(`insert into bench_parents (name, rank) values ${placeholders(batch.length, 2)} returning id`).raw(true).all(...batch.flatMap(({ name, rank }) => [name, rank])) as readonly (readonly [number])[]
        batch.forEach((object, i) => { object.id = keys[i]?.[0] ?? 0; for (const child of object.children) child.parentId = object.id })
      }
      const members = objects.flatMap((object) => object.children)
      for (let start = 0; start < members.length; start += 100) {
        const batch = members.slice(start, start + 100)
        const keys = prepare(`insert into bench_children (name, parent_id) values ${placeholders(batch.length, 2)} returning id`).raw(true).all(...batch.flatMap(({ name, parentId }) => [name, parentId])) as readonly (readonly [number])[]
        batch.forEach((child, i) => { child.id = keys[i]?.[0] ?? 0 })
      }
      floor.exec('commit')
      return objects
    },
  }, {
    prepare: () => must(adapter, steps(async (perform) => { for (const text of empty) await perform(sql(text)); await perform(commit) })),
    run: () => must(adapter, steps(async (perform) => {
      const objects = Array.from({ length: 5000 }, (_, i) => create(Parent, { name: `parent ${i}`, rank: i % 7, children: Array.from({ length: 4 }, (_x, c) => create(Child, { name: `child ${c}` })) }))
      await perform(add(...objects))
      await perform(commit)
      return objects
    })),
  }, 5)
}

/** Loaded outside the measure; rolled back after it. */
const changing = async (name: string, limit: number, rows: readonly string[], byHand: (floor: Sqlite.Database) => void, change: (found: readonly Loaded<typeof Parent, 'children'>[]) => Db<void>): Promise<Measured> => {
  const { floor, adapter } = await pair(...rows)
  const spent = { floor: [] as Spent[], ours: [] as Spent[] }
  for (let round = 0; round < warmUp + 7; round++) {
    floor.exec('begin')
    spent.floor.push(await spentBy({ run: async () => { byHand(floor) } }))
    floor.exec('rollback')
    spent.ours.push(await must(adapter, steps(async (perform) => {
      const found = await perform(allParents())
      const time = await spentBy({ run: async () => { await perform(change(found)) } })
      await perform(rollback)
      return time
    })))
  }
  return compared(name, limit, spent.floor.slice(warmUp), spent.ours.slice(warmUp))
}
const allParents = () => all(pipe(select(Parent), options(selectinload(Parent.children))))

const updates = (): Promise<Measured> => changing('sqlite: update 10,000 rows', 2.2, fill(10_000, 0, 0), (floor) => {
  const prepare = prepared(floor)
  for (let start = 0; start < 10_000; start += 100) {
    const values = Array.from({ length: 100 }, (_, i) => [start + i + 1, (start + i) % 11 + 10]).flat()
    prepare(`update bench_parents set rank = v.column2 from (values ${placeholders(100, 2)}) as v where bench_parents.id = v.column1`).run(...values)
  }
}, (found) => steps(async (perform) => {
  found.forEach((parent, i) => { set(Parent, { rank: i % 11 + 10 })(parent) })
  await perform(flush)
}))

const deletes = (): Promise<Measured> => changing('sqlite: delete 1,000 parents × 10 children by cascade', 2.2, fill(1000, 10, 0), (floor) => {
  const prepare = prepared(floor)
  for (const [table, n] of [['bench_children', 10_000], ['bench_parents', 1000]] as const) {
    for (let start = 0; start < n; start += 500) prepare(`delete from ${table} where id in (${Array.from({ length: 500 }, () => '?').join(',')})`).run(...Array.from({ length: 500 }, (_, i) => start + i + 1))
  }
}, (found) => steps(async (perform) => {
  await perform(destroy(...found))
  await perform(flush)
}))

export const sqliteBenchmarks: readonly (() => Promise<Measured | readonly Measured[]>)[] = [loadRows, insertRows, idleFlush, appends, eager, threeLevels, insertGraph, updates, deletes]
