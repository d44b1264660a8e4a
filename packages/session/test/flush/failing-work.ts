// A unit of work of many statements, one of which fails: inserts, updates, deletes and a table that refers to itself.

import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { asc, column, entities, entity, integer, orderBy, registry, relationship, select, table, text, type Model } from '@relata/core'
import type { Adapter, Connection, Driver, Query } from '@relata/sql/driver'
import { add, all, append, attempt, commit, create, createAll, destroy, disconnect, dropAll, flush, load, remove, rollback, run, set, sql, stateOf, type Db } from '@relata/session'

const nodes = table('nodes', { id: column(integer, { primaryKey: true }), label: column(text), rank: column(integer, { default: 0 }), parentId: column(integer, { name: 'parent_id', references: 'nodes.id', nullable: true }) })
const marks = table('marks', { id: column(integer, { primaryKey: true }), label: column(text) })
const nodeMarks = table('node_marks', { nodeId: column(integer, { name: 'node_id', primaryKey: true, references: 'nodes.id' }), markId: column(integer, { name: 'mark_id', primaryKey: true, references: 'marks.id' }) })
const treeEntities = entities({
  Node: entity(nodes, {
    children: relationship('Node', { backPopulates: 'parent' }),
    parent: relationship('Node', { backPopulates: 'children', remoteSide: 'nodes.id' }),
    marks: relationship('Mark', { secondary: nodeMarks }),
  }),
  Mark: entity(marks, {}),
})
interface Tree extends Model<typeof treeEntities> {}
const tree = registry<Tree>(treeEntities)
const { Node, Mark } = tree.entities

/** An adapter whose n-th write fails; `writes` counts them. */
const failing = (inner: Adapter): { readonly adapter: Adapter; failAt: number; writes: number } => {
  const control = { adapter: inner, failAt: 0, writes: 0 }
  const isWrite = ({ kind }: Query): boolean => kind === 'insert' || kind === 'update' || kind === 'delete'
  const wrapped = (connection: Connection): Connection => {
    const execute: Connection['execute'] = async (query, options) => {
      if (isWrite(query) && ++control.writes === control.failAt) {
        const failure = Object.assign(new Error('the disk is full'), { _tag: 'DriverError' as const, kind: 'other' as const })
        throw failure
      }
      return connection.execute(query, options)
    }
    // Without the optional parts every statement goes through `execute`.
    return {
      execute, begin: (options) => connection.begin(options), commit: () => connection.commit(), rollback: () => connection.rollback(),
      savepoint: (name) => connection.savepoint(name), releaseSavepoint: (name) => connection.releaseSavepoint(name), rollbackToSavepoint: (name) => connection.rollbackToSavepoint(name),
      get broken() { return connection.broken },
    }
  }
  const lent = new Map<Connection, Connection>()
  const connect = async (): Promise<Driver> => {
    const driver = await inner.connect()
    return {
      name: driver.name, dialect: driver.dialect, capabilities: driver.capabilities,
      acquire: async (options) => { const connection = await driver.acquire(options); const outer = wrapped(connection); lent.set(outer, connection); return outer },
      release: async (connection) => driver.release(lent.get(connection) ?? connection),
      classify: (error) => driver.classify(error), close: () => driver.close(),
    }
  }
  return Object.assign(control, { adapter: { ...inner, connect } })
}

/** What the tables hold, keys left out: a second try may get others. */
const rows = pipe(
  sql('select n.label, n.rank, p.label from nodes n left join nodes p on p.id = n.parent_id order by n.label'),
  RTE.chain((found) => pipe(sql('select n.label, m.label from node_marks x join nodes n on n.id = x.node_id join marks m on m.id = x.mark_id order by 1, 2'), RTE.map((pairs) => JSON.stringify([found, pairs])))),
)

/** The work on fresh tables, its `failAt`-th write failing, and what was there before and after; 0 for none. */
export const failingAt = (failAt: number, adapter: Adapter) => {
  const control = failing(adapter)
  const chain = Array.from({ length: 40 }, (_, at) => create(Node, { label: `new ${at}`, marks: at % 3 === 0 ? [create(Mark, { label: `mark ${at}` })] : [] }))
  chain.forEach((node, at) => { const parent = chain[at - 1]; if (parent !== undefined) pipe(parent, append(Node.children, node)) })
  const seed = Array.from({ length: 12 }, (_, at) => create(Node, { label: `old ${String(at).padStart(2, '0')}`, rank: at, marks: [create(Mark, { label: `old mark ${at}` })] }))
  seed.forEach((node, at) => { const parent = seed[at - 1]; if (parent !== undefined && at < 10) pipe(parent, append(Node.children, node)) })
  const stored = pipe(all(pipe(select(Node), orderBy(asc(Node.label)))), RTE.chain((found) => load(Node.children)(found)), RTE.chain((found) => load(Node.marks)(found)))
  type Stored = typeof stored extends Db<infer A> ? A : never
  const change = (found: Stored): Db<void> => {
    const [first, second, third] = found
    const last = found[9]
    if (first === undefined || second === undefined || third === undefined || last === undefined) throw new Error('the rows are there')
    attempt(() => {
      pipe(first, set(Node, { label: 'old 00', rank: 100 }))
      pipe(second, set(Node, { rank: 200 }))
      pipe(third, remove(Node.marks, ...third.marks), append(Node.marks, ...first.marks))
      pipe(last, append(Node.children, chain[0] as (typeof chain)[number]))
    })
    return pipe(add(...chain), RTE.chain(() => destroy(...found.slice(10))))
  }
  const program = pipe(
    dropAll(tree), RTE.chain(() => createAll(tree)), RTE.chain(() => add(...seed)), RTE.chain(() => commit),
    RTE.chain(() => rows),
    RTE.bindTo('before'),
    RTE.bind('found', () => stored),
    RTE.bind('shown', ({ found }) => RTE.right(JSON.stringify(found.map(({ label, rank, children }) => [label, rank, children.map((child) => child.label)])))),
    RTE.bind('failed', ({ found }) => pipe(
      change(found), RTE.map(() => { control.failAt = failAt; control.writes = 0 }), RTE.chain(() => flush), RTE.map(() => false),
      RTE.orElse(() => pipe(rollback, RTE.map(() => true))),
    )),
    RTE.map((so) => { control.failAt = 0; return { ...so, sent: control.writes } }),
    RTE.bind('after', ({ failed }) => (failed ? rows : RTE.right(''))),
    RTE.bind('states', () => RTE.right(chain.map((node) => stateOf(node)))),
    RTE.bind('again', ({ failed }) => (failed ? stored : RTE.right(undefined))),
    RTE.bind('shownAgain', ({ again }) => RTE.right(again === undefined ? '' : JSON.stringify(again.map(({ label, rank, children }) => [label, rank, children.map((child) => child.label)])))),
    RTE.bind('repeated', ({ again }) => (again === undefined ? RTE.right(undefined) : pipe(change(again), RTE.chain(() => flush)))),
    RTE.bind('end', () => rows),
  )
  return async () => {
    const done = await run(tree, control.adapter)(program)()
    await disconnect(control.adapter)()
    if (E.isLeft(done)) throw new Error(`${done.left.code}: ${done.left.message} (failing at ${failAt})`, { cause: done.left })
    return done.right
  }
}
