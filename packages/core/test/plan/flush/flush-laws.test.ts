// What must hold of every plan, over random trees, families and associations.

import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { plannedColumns, plannedRows, planFlush } from '@relata/core'
import type { FlushObject, FlushPlan, FlushStep, Mapping, ObjectId } from '@relata/core'
import { frozen } from '../../frozen.js'
import { blog, fresh, idOf, input, kept, links, nameOf, tagged, tree } from './flush-world.js'

// ---------- random worlds: rows before, rows after, and what a session would say of the difference

interface Row { readonly before: boolean; readonly after: boolean; readonly parentBefore: number | undefined; readonly parentAfter: number | undefined }

/** Rows of a tree, parents always at a smaller place, so that before and after are without circles. */
const treeRows = fc.array(fc.record({ before: fc.boolean(), after: fc.boolean(), was: fc.option(fc.nat(), { nil: undefined }), is: fc.option(fc.nat(), { nil: undefined }) }), { minLength: 1, maxLength: 12 })
  .map((rows): readonly Row[] => {
    const made: Row[] = []
    for (const [place, { before, after, was, is }] of rows.entries()) {
      const parentBefore = before && was !== undefined && place > 0 ? was % place : undefined
      const parentAfter = after && is !== undefined && place > 0 ? is % place : undefined
      made.push({
        before, after: before || after,
        parentBefore: parentBefore !== undefined && made[parentBefore]?.before === true ? parentBefore : undefined,
        parentAfter: parentAfter !== undefined && isThere(made[parentAfter]) ? parentAfter : undefined,
      })
      if (before && !after) made[place] = { ...(made[place] as Row), after: false, parentAfter: undefined }
    }
    return made.map((row) => row.parentAfter !== undefined && made[row.parentAfter]?.after !== true ? { ...row, parentAfter: undefined } : row)
  })

const isThere = (row: Row | undefined): boolean => row?.after === true

const nameAt = (entity: string, row: Row | undefined, place: number): string => (row?.before === true ? `${entity}:${place + 1}` : `new:${place}`)

/** The objects of a tree as a session with everything loaded tells them. */
const treeObjects = (rows: readonly Row[]): readonly FlushObject[] => rows.flatMap((row, place) => {
  if (!row.before && !row.after) return []
  const id = (at: number): string => nameAt('Node', rows[at], at)
  const childrenBefore = rows.flatMap((child, at) => (child.parentBefore === place ? [at] : []))
  const childrenAfter = rows.flatMap((child, at) => (child.after && child.parentAfter === place ? [at] : []))
  const moved = row.after && row.parentBefore !== row.parentAfter
  const given = {
    now: { label: 'x', ...(row.before ? { parentId: row.parentBefore === undefined ? null : row.parentBefore + 1 } : {}) },
    relationships: {
      children: links({
        added: row.after ? childrenAfter.filter((at) => rows[at]?.parentBefore !== place).map(id) : [],
        // What a deleted row held stays in its collection: nobody took it out.
        removed: row.after ? childrenBefore.filter((at) => rows[at]?.after === true && rows[at]?.parentAfter !== place).map(id) : [],
        kept: childrenBefore.filter((at) => !row.after || rows[at]?.parentAfter === place || rows[at]?.after !== true).map(id),
      }),
      parent: links({
        added: moved ? [row.parentAfter === undefined ? null : id(row.parentAfter)] : [],
        removed: moved && row.parentBefore !== undefined ? [id(row.parentBefore)] : [],
        kept: !moved && row.parentBefore !== undefined ? [id(row.parentBefore)] : [],
      }),
    },
    parents: row.parentAfter === undefined ? (row.parentBefore === undefined ? {} : { 'Node.children': 'let go' as const }) : { 'Node.children': 'held' as const },
  }
  if (!row.before) return [fresh('Node', place, given)]
  return [kept('Node', place + 1, { ...given, state: row.after ? 'kept' : 'deleted' })]
})

// ---------- a database that a plan can be run on

type Table = Map<string, Record<string, unknown>>
interface Database { readonly tables: Map<string, Table>; readonly made: Map<ObjectId, Record<string, unknown>>; next: number }

const foreignKeys: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  nodes: [['parentId', 'nodes']], addresses: [['userId', 'users']], post_tags: [['postId', 'posts'], ['tagId', 'tags']],
}

/** Runs a plan, and complains of a key that refers to nothing and of a row that is referred to when it goes. */
const execute = (mapping: Mapping, database: Database, plan: FlushPlan): void => {
  for (const step of plan.steps) for (const row of plannedRows(step)) {
    const values = plannedColumns(step).map(({ column }, at) => {
      const symbol = row.symbols[at]
      if (symbol === undefined) return [column, row.values[at]] as const
      if (symbol._tag !== 'keyOf') throw new Error(`${symbol._tag} in ${step.table}`)
      const made = database.made.get(symbol.row)
      if (made === undefined) throw new Error(`${step.table} takes the key of ${nameOf(symbol.row)}, which has no row yet`)
      return [column, made[symbol.attribute]] as const
    })
    write(mapping, database, step, row.object, Object.fromEntries(values.slice(0, step._tag === 'update' ? step.set.length : values.length)), Object.fromEntries(step._tag === 'update' ? values.slice(step.set.length) : values))
  }
}

const write = (mapping: Mapping, database: Database, step: FlushStep, object: ObjectId | undefined, set: Record<string, unknown>, key: Record<string, unknown>): void => {
  const table = tableOf(database, step.table)
  const keyNames = mapping.tables[step.table]?.primaryKey ?? []
  if (step._tag === 'delete') {
    const text = JSON.stringify(keyNames.map((name) => key[name]))
    if (!table.delete(text)) throw new Error(`no row ${text} of ${step.table} to delete`)
    for (const [other, references] of Object.entries(foreignKeys)) for (const [column, target] of references) {
      if (target === step.table) for (const row of tableOf(database, other).values()) if (row[column] === key['id']) throw new Error(`${other} still refers to ${step.table} ${text}`)
    }
    return
  }
  const row = step._tag === 'insert' ? { ...(keyNames.length === 1 ? { id: database.next++ } : {}), ...set } : { ...table.get(JSON.stringify(keyNames.map((name) => key[name]))), ...set }
  for (const [column, target] of foreignKeys[step.table] ?? []) {
    const value = (row as Record<string, unknown>)[column]
    if (value !== null && value !== undefined && !tableOf(database, target).has(JSON.stringify([value]))) throw new Error(`${step.table}.${column} = ${JSON.stringify(value)} refers to no row of ${target}`)
  }
  const text = JSON.stringify(keyNames.map((name) => (row as Record<string, unknown>)[name]))
  if (step._tag === 'insert' && table.has(text)) throw new Error(`${step.table} ${text} twice`)
  table.set(text, row)
  if (object !== undefined && step._tag === 'insert') database.made.set(object, row)
}

const tableOf = (database: Database, name: string): Table => {
  let table = database.tables.get(name)
  if (table === undefined) database.tables.set(name, table = new Map())
  return table
}

const emptyDatabase = (): Database => ({ tables: new Map(), made: new Map(), next: 1000 })

const planOf = (mapping: Mapping, objects: readonly FlushObject[]): FlushPlan => {
  const planned = planFlush(mapping, input(...objects))
  if (E.isLeft(planned)) throw new Error(planned.left.message)
  if (planned.right._tag === 'Needs') throw new Error(JSON.stringify(planned.right.loads))
  return planned.right.plan
}

const treeDatabase = (rows: readonly Row[]): Database => {
  const database = emptyDatabase()
  const table = tableOf(database, 'nodes')
  for (const [place, row] of rows.entries()) if (row.before) table.set(JSON.stringify([place + 1]), { id: place + 1, label: 'x', parentId: row.parentBefore === undefined ? null : row.parentBefore + 1 })
  return database
}

// ---------- the laws

/** Graphs a law: the check of the whole workspace asks for 10,000. */
const graphs = Number(process.env['RELATA_GRAPHS'] ?? 500)

test('a tree: every parent is there before its child and goes after it, and the rows are as they should be', () => {
  fc.assert(fc.property(treeRows, (rows) => {
    const database = treeDatabase(rows)
    execute(tree, database, planOf(tree, treeObjects(rows)))
    const keyAt = (place: number): unknown => (rows[place]?.before === true ? place + 1 : database.made.get(idOf(`new:${place}`))?.['id'])
    const expected = rows.flatMap((row, place) => (row.after ? [JSON.stringify([keyAt(place), row.parentAfter === undefined ? null : keyAt(row.parentAfter)])] : []))
    expect(Array.from(tableOf(database, 'nodes').values(), ({ id, parentId }) => JSON.stringify([id, parentId ?? null])).toSorted()).toEqual(expected.toSorted())
  }), { numRuns: graphs })
}, 120_000)

test('the plan is the same whatever the order of its input', () => {
  fc.assert(fc.property(treeRows.chain((rows) => fc.tuple(fc.constant(treeObjects(rows)), fc.shuffledSubarray([...treeObjects(rows)], { minLength: treeObjects(rows).length }))), ([objects, shuffled]) => {
    expect(planOf(tree, shuffled)).toEqual(planOf(tree, objects))
  }), { numRuns: graphs })
}, 120_000)

test('what is planned again after it was done is nothing', () => {
  fc.assert(fc.property(treeRows, (rows) => {
    const done = rows.map((row): Row => ({ before: row.after, after: row.after, parentBefore: row.parentAfter, parentAfter: row.parentAfter }))
    const plan = planOf(tree, treeObjects(done))
    expect(plan.steps).toEqual([])
  }), { numRuns: graphs })
}, 120_000)

test('there is one statement a table, shape and level at most', () => {
  fc.assert(fc.property(treeRows, (rows) => {
    const shapes = planOf(tree, treeObjects(rows)).steps.map((step) => JSON.stringify([step._tag, step.table, step.level, step._tag === 'insert' ? step.columns : step._tag === 'update' ? step.set : step.key]))
    expect(new Set(shapes).size).toBe(shapes.length)
  }), { numRuns: graphs })
}, 120_000)

test('a plan is plain data', () => {
  fc.assert(fc.property(treeRows, (rows) => {
    const plan = planOf(tree, treeObjects(rows))
    expect(JSON.parse(JSON.stringify(plan))).toEqual(JSON.parse(JSON.stringify(structuredClone(plan))))
  }), { numRuns: graphs })
}, 120_000)

test('planning leaves its input as it is', () => {
  frozen(tree)
  fc.assert(fc.property(treeRows, (rows) => {
    const given = frozen(input(...treeObjects(rows)))
    const before = structuredClone(given)
    const planned = planFlush(tree, given)
    expect(planFlush(tree, given)).toEqual(planned)
    expect(given).toEqual(before)
  }), { numRuns: graphs })
}, 120_000)

test('families: new parents with new children in any order of adding', () => {
  fc.assert(fc.property(fc.array(fc.nat(5), { maxLength: 20 }), fc.integer({ min: 1, max: 6 }), (parents, count) => {
    const children = parents.map((parent, at) => fresh('Address', at * 2, { now: { email: `${at}` }, relationships: { user: links({ added: [`new:${(parent % count) * 2 + 1}`] }) } }))
    const users = Array.from({ length: count }, (_, at) => fresh('User', at * 2 + 1, {
      now: { name: `${at}` }, relationships: { addresses: links({ added: parents.flatMap((parent, child) => (parent % count === at ? [`new:${child * 2}`] : [])) }) },
    }))
    const database = emptyDatabase()
    const plan = planOf(blog, [...children, ...users])
    execute(blog, database, plan)
    expect(plan.steps.length).toBe(parents.length === 0 ? 1 : 2)
    expect([...tableOf(database, 'addresses').values()].map(({ email, userId }) => [email, userId])).toEqual(parents.map((parent, at) => [`${at}`, database.made.get(idOf(`new:${(parent % count) * 2 + 1}`))?.['id']]))
  }), { numRuns: graphs })
}, 120_000)

test('associations: each pair once, whichever side says it', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(4), fc.nat(4), fc.constantFrom('post', 'tag', 'both')), { maxLength: 15 }), (said) => {
    const ofPost = (post: number) => said.filter(([at, , by]) => at === post && by !== 'tag').map(([, tag]) => `Tag:${tag + 1}`)
    const ofTag = (tag: number) => said.filter(([, at, by]) => at === tag && by !== 'post').map(([post]) => `Post:${post + 1}`)
    const objects = Array.from({ length: 5 }, (_, at) => [
      kept('Post', at + 1, { relationships: { tags: links({ added: [...new Set(ofPost(at))] }) } }), kept('Tag', at + 1, { relationships: { posts: links({ added: [...new Set(ofTag(at))] }) } }),
    ]).flat()
    const rows = planOf(tagged, objects).steps.flatMap((step) => plannedRows(step).map(({ values }) => (step._tag === 'insert' && step.columns[0]?.column === 'tagId' ? [values[1], values[0]] : values).join()))
    expect(rows.toSorted()).toEqual([...new Set(said.map(([post, tag]) => `${post + 1},${tag + 1}`))].toSorted())
  }), { numRuns: graphs })
}, 120_000)
