// List or one object: what the compiler infers from a registry is what `configure` plans. Registries are texts, so that each is both
// compiled and configured: one for each form of the rule, and others at random.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as core from '@relata/core'
import type { AnyEntity } from '@relata/core'
import { compile } from './compiling.js'

const tables = `
const users = table('users', { id: column(integer, { primaryKey: true }), code: column(text, { unique: true }) })
const addresses = table('addresses', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id' }), code: column(text) })
const orders = table('orders', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id' }), payerId: column(integer, { references: 'users.id', nullable: true }) })
const firms = table('firms', { id: column(integer, { primaryKey: true }), headId: column(integer, { references: 'staff.id', nullable: true }) })
const staff = table('staff', { id: column(integer, { primaryKey: true }), firmId: column(integer, { references: 'firms.id' }), kind: column(text) })
const chiefs = table('chiefs', { id: column(integer, { primaryKey: true, references: 'staff.id' }), deputyId: column(integer, { references: 'staff.id', nullable: true }) })
const nodes = table('nodes', { id: column(integer, { primaryKey: true }), parentId: column(integer, { references: 'nodes.id', nullable: true }), rank: column(integer), over: column(integer), path: column(text) })
const heirs = table('heirs', { id: column(integer, { primaryKey: true, references: 'staff.id' }), friendId: column(integer) })
const clerks = table('clerks', { id: column(integer, { primaryKey: true, references: 'staff.id' }) })
const parts = table('parts', { area: column(integer, { primaryKey: true }), id: column(integer, { primaryKey: true }), parentId: column(integer, { nullable: true }) }, { foreignKeys: [{ columns: ['area', 'parentId'], table: 'parts', references: ['area', 'id'] }] })
const lines = table('lines', { id: column(integer, { primaryKey: true }), area: column(integer), part: column(integer) }, { foreignKeys: [{ columns: ['area', 'part'], table: 'parts', references: ['area', 'id'] }] })
const links = table('links', { userId: column(integer, { primaryKey: true, references: 'users.id' }), orderId: column(integer, { primaryKey: true, references: 'orders.id' }) })
const emails = table('emails', { owner: column(integer, { primaryKey: true, references: 'users.id' }), kind: column(text, { primaryKey: true }) })
const latest = subquery('latest', select({ id: addresses.c.id, userId: addresses.c.userId, place: over(rowNumber(), { partitionBy: [addresses.c.userId] }) }))
`

/** Each a form of the rule: the entities of a registry over the tables above. */
const forms: Readonly<Record<string, string>> = {
  'a foreign key of the target': "User: entity(users, { addresses: relationship('Address') }), Address: entity(addresses)",
  'a foreign key of the parent': "User: entity(users), Address: entity(addresses, { user: relationship('User') })",
  'uselist said': "User: entity(users, { address: relationship('Address', { uselist: false }) }), Address: entity(addresses, { users: relationship('User', { uselist: true, viewonly: true }) })",
  'both sides by name': "User: entity(users, { addresses: relationship('Address', { backPopulates: 'user' }) }), Address: entity(addresses, { user: relationship('User', { backPopulates: 'addresses' }) })",
  'a backref from either side': "User: entity(users, { addresses: relationship('Address', { backref: 'user' }) }), Address: entity(addresses), Order: entity(orders, { user: relationship('User', { foreignKeys: ['orders.userId'], backref: 'orders' }) })",
  'a backref that says uselist': "User: entity(users), Address: entity(addresses, { user: relationship('User', { backref: backref('address', { uselist: false }) }) })",
  'the backref of a one-to-one': "User: entity(users, { address: relationship('Address', { uselist: false, backref: 'user' }) }), Address: entity(addresses)",
  'one key of several': "User: entity(users, { paid: relationship('Order', { foreignKeys: ['orders.payerId'] }) }), Order: entity(orders, { payer: relationship('User', { foreignKeys: ['orders.payerId'] }), user: relationship('User', { foreignKeys: [orders.c.userId] }) })",
  'keys from a function': "User: entity(users, { paid: relationship('Order', { foreignKeys: () => ['orders.payerId'] as const }) }), Order: entity(orders)",
  'a secondary': "User: entity(users, { orders: relationship('Order', { secondary: links, viewonly: true }) }), Order: entity(orders, { users: relationship('User', { secondary: links, viewonly: true }) })",
  'a secondary and its backref': "User: entity(users, { orders: relationship('Order', { secondary: links, backref: 'users' }) }), Order: entity(orders)",
  'a mark on the target': "User: entity(users, { same: relationship('Address', { primaryjoin: eq(users.c.code, foreign(addresses.c.code)) }) }), Address: entity(addresses)",
  'a mark on the parent': "User: entity(users), Address: entity(addresses, { same: relationship('User', { primaryjoin: eq(foreign(addresses.c.code), users.c.code) }) })",
  'a mark in a function, and more conditions': "User: entity(users, { some: relationship('Address', { viewonly: true, primaryjoin: () => and(eq(users.c.id, foreign(addresses.c.userId)), gt(addresses.c.id, 3)) }) }), Address: entity(addresses)",
  'a condition of its own along a key': "User: entity(users, { some: relationship('Address', { primaryjoin: and(eq(users.c.id, addresses.c.userId), like(addresses.c.code, 'a%')) }) }), Address: entity(addresses, { user: relationship('User', { primaryjoin: eq(addresses.c.userId, users.c.id) }) })",
  'tables that refer to each other, by keys': "Firm: entity(firms, { staff: relationship('Staff', { foreignKeys: ['staff.firmId'] }), head: relationship('Staff', { foreignKeys: ['firms.headId'], postUpdate: true }) }), Staff: entity(staff, { firm: relationship('Firm', { foreignKeys: ['staff.firmId'] }), heads: relationship('Firm', { foreignKeys: ['firms.headId'] }) })",
  'tables that refer to each other, by marks': "Firm: entity(firms, { staff: relationship('Staff', { primaryjoin: eq(firms.c.id, foreign(staff.c.firmId)) }), head: relationship('Staff', { primaryjoin: eq(foreign(firms.c.headId), staff.c.id), postUpdate: true }) }), Staff: entity(staff)",
  'a tree': "Node: entity(nodes, { children: relationship('Node', { backPopulates: 'parent' }), parent: relationship('Node', { backPopulates: 'children', remoteSide: ['nodes.id'] }) })",
  'a tree by a column, and by its backref': "Node: entity(nodes, { parent: relationship('Node', { remoteSide: nodes.c.id, backref: 'children' }) })",
  'a tree by a backref that says its far side': "Node: entity(nodes, { children: relationship('Node', { backref: backref('parent', { remoteSide: ['nodes.id'] }) }) })",
  'a tree by marks': "Node: entity(nodes, { children: relationship('Node', { primaryjoin: eq(nodes.c.id, remote(foreign(nodes.c.parentId))) }), parent: relationship('Node', { primaryjoin: eq(nodes.c.parentId, remote(nodes.c.id)) }) })",
  'a tree by columns that are no keys': "Node: entity(nodes, { below: relationship('Node', { primaryjoin: eq(nodes.c.rank, remote(foreign(nodes.c.over))) , backref: 'above' }), over_: relationship('Node', { primaryjoin: eq(remote(nodes.c.rank), foreign(nodes.c.over)), overlaps: 'below,above' }) })",
  'a tree by paths, and by one column': "Node: entity(nodes, { below: relationship('Node', { viewonly: true, primaryjoin: like(remote(foreign(nodes.c.path)), concat(nodes.c.path, '/%')) }), peers: relationship('Node', { viewonly: true, primaryjoin: eq(nodes.c.rank, foreign(remote(nodes.c.rank))) }) })",
  'a tree by an expression': "Node: entity(nodes, { below: relationship('Node', { viewonly: true, primaryjoin: eq(add(nodes.c.rank, 1), remote(foreign(nodes.c.over))) }) })",
  'a tree within an area, by marks': "Part: entity(parts, { parent: relationship('Part', { primaryjoin: and(eq(foreign(parts.c.area), remote(parts.c.area)), eq(foreign(parts.c.parentId), remote(parts.c.id))) }), children: relationship('Part', { viewonly: true, primaryjoin: and(eq(remote(foreign(parts.c.area)), parts.c.area), eq(remote(foreign(parts.c.parentId)), parts.c.id)) }) })",
  'entities of one line': "Staff: entity(staff, { chief: relationship('Chief', { viewonly: true }) }, { polymorphicOn: 'kind', identity: 'staff' }), Chief: entity(heirs, { self: relationship('Staff', { viewonly: true }), rival: relationship('Clerk', { viewonly: true }), friend: relationship('Clerk', { primaryjoin: eq(foreign(heirs.c.friendId), clerks.c.id) }) }, { inherits: 'Staff', identity: 'chief' }), Clerk: entity(clerks, {}, { inherits: 'Staff', identity: 'clerk' }), Firm: entity(firms)",
  'a tree within an area': "Part: entity(parts, { children: relationship('Part', { backPopulates: 'parent' }), parent: relationship('Part', { backPopulates: 'children', remoteSide: ['parts.area', 'parts.id'] }) })",
  'a key of several columns': "Part: entity(parts, { lines: relationship('Line', { backref: 'part_' }) }), Line: entity(lines)",
  'an entity that inherits': "Firm: entity(firms, { staff: relationship('Staff', { foreignKeys: ['staff.firmId'] }), chiefs: relationship('Chief', { foreignKeys: ['staff.firmId'], viewonly: true }) }), Staff: entity(staff, {}, { polymorphicOn: 'kind', identity: 'staff' }), Chief: entity(chiefs, { deputy: relationship('Staff', { foreignKeys: ['chiefs.deputyId'], remoteSide: ['staff.id'] }) }, { inherits: 'Staff', identity: 'chief', inheritCondition: eq(chiefs.c.id, staff.c.id) })",
  'an alias': "User: entity(users, { newest: relationship(alias('Address', latest), { primaryjoin: and(eq(users.c.id, latest.userId), le(latest.place, 2)) }), last: relationship(alias('Address', latest), { primaryjoin: and(eq(users.c.id, foreign(latest.userId)), eq(latest.place, 1)), uselist: false }) }), Address: entity(addresses)",
  'an entity over a join': "User: entity(tableJoin(users, emails, eq(emails.c.owner, users.c.id)), { addresses: relationship('Address', { backref: 'user' }), emails: relationship('Email', { backref: 'owner_', overlaps: 'owner_' }) }, { exclude: ['owner'] }), Address: entity(addresses), Email: entity(emails)",
  'an entity over a query': "Address: entity(addresses), Latest: entity(latest, { address: relationship('Address', { primaryjoin: eq(foreign(latest.id), addresses.c.id), viewonly: true }) }, { primaryKey: ['id'] })",
  'what is queried and never loaded': "User: entity(users, { addresses: relationship('Address', { lazy: 'write_only' }) }), Address: entity(addresses)",
}

/** Foreign keys at random, each followed by a relationship in one of the ways in which it can be. */
const randomForm: fc.Arbitrary<{ readonly tables: string; readonly entities: string }> = fc.integer({ min: 1, max: 4 }).chain((count) =>
  fc.array(fc.record({ from: fc.nat(count - 1), to: fc.nat(count - 1), how: fc.constantFrom('one', 'many', 'backref', 'back populated', 'marked one', 'marked many', 'one to one', 'secondary') }), { minLength: 1, maxLength: 6 }).map((edges) => {
    const refs = (n: number): string => edges.map(({ from, to }, edge) => (from === n ? `, r${edge}: column(integer, { references: 't${to}.id' })` : '')).join('')
    const attributes = new Map<number, string[]>(Array.from({ length: count }, (_, n) => [n, []]))
    const says = (n: number, what: string): void => { attributes.get(n)?.push(what) }
    const between: string[] = []
    edges.forEach(({ from, to, how }, edge) => {
      const keys = `foreignKeys: ['t${from}.r${edge}']`
      const far = from === to ? `, remoteSide: ['t${to}.id']` : ''
      const [key, id] = [`t${from}.c.r${edge}`, `t${to}.c.id`]
      switch (how) {
        case 'one': return says(from, `one${edge}: relationship('E${to}', { ${keys}${far} })`)
        case 'many': return says(to, `many${edge}: relationship('E${from}', { ${keys} })`)
        case 'backref': return says(from, `one${edge}: relationship('E${to}', { ${keys}${far}, backref: 'many${edge}' })`)
        case 'back populated':
          says(from, `one${edge}: relationship('E${to}', { ${keys}${far}, backPopulates: 'many${edge}' })`)
          return says(to, `many${edge}: relationship('E${from}', { ${keys}, backPopulates: 'one${edge}' })`)
        case 'marked one': return says(from, `one${edge}: relationship('E${to}', { primaryjoin: eq(foreign(${key}), ${from === to ? `remote(${id})` : id}) })`)
        case 'marked many': return says(to, `many${edge}: relationship('E${from}', { primaryjoin: eq(${id}, ${from === to ? `remote(foreign(${key}))` : `foreign(${key})`}) })`)
        case 'one to one': return says(to, `one${edge}: relationship('E${from}', { ${keys}, uselist: false })`)
        case 'secondary':
          between.push(`const s${edge} = table('s${edge}', { a: column(integer, { primaryKey: true, references: 't${from}.id' }), b: column(integer, { primaryKey: true, references: 't${to}.id' }) })`)
          return says(from, `all${edge}: relationship('E${to}', { secondary: s${edge}, primaryjoin: eq(t${from}.c.id, s${edge}.c.a), secondaryjoin: eq(t${to}.c.id, s${edge}.c.b), backref: 'allBack${edge}' })`)
      }
    })
    const numbers = [...attributes.keys()]
    return {
      tables: [...numbers.map((n) => `const t${n} = table('t${n}', { id: column(integer, { primaryKey: true })${refs(n)} })`), ...between].join('\n'),
      entities: numbers.map((n) => `E${n}: entity(t${n}, { ${attributes.get(n)?.join(', ') ?? ''} })`).join(', '),
    }
  }))

interface Text { readonly name: string; readonly tables: string; readonly entities: string }
const texts: readonly Text[] = [
  ...Object.entries(forms).map(([name, entities]) => ({ name, tables, entities })),
  ...fc.sample(randomForm, { numRuns: 40, seed: 3 }).map((form, index) => ({ name: `at random, the ${index + 1}th`, ...form })),
]

const body = (text: Text): string => `${text.tables}\nreturn entities({ ${text.entities} })`
const names = Object.keys(core).filter((name) => texts.some((text) => new RegExp(`\\b${name}\\(`).test(body(text)) || name === 'integer' || name === 'text'))

/** The texts as registries, by what a module of them gives. */
const evaluated = async (): Promise<readonly Readonly<Record<string, AnyEntity>>[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'relata-cardinality-'))
  try {
    const file = join(folder, 'registries.mjs')
    await writeFile(file, `export default ({ ${names.join(', ')} }) => [\n${texts.map((text) => `(() => { ${body(text).replaceAll(' as const', '')} })(),`).join('\n')}\n]`)
    const { default: make } = await import(/* @vite-ignore */ pathToFileURL(file).href) as { readonly default: (all: typeof core) => readonly Readonly<Record<string, AnyEntity>>[] }
    return make(core)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** By entity, whether each of its relationships is planned as a list; those that never load as a whole are handles. */
const planned = (entities: Readonly<Record<string, AnyEntity>>): string => {
  const configured = core.configure(core.dynamicRegistry(entities))
  if (E.isLeft(configured)) throw new Error(configured.left.map(({ message }) => message).join('\n'))
  return `{ ${Object.values(configured.right.entities).map(({ name, relationships }) => `readonly ${name}: { ${relationships.map((each) =>
    `readonly ${each.name}: ${each.lazy === 'write_only' || each.lazy === 'dynamic' ? '\'handle\'' : String(each.uselist)}`).join('; ')} }`).join('; ')} }`
}

test('the cardinality that the types infer is the one that is planned', async () => {
  const registries = await evaluated()
  const compiled = await compile(`import { ${names.join(', ')} } from '@relata/core'
import type { Model } from '@relata/core'
type Lists<E> = { readonly [N in keyof E]: { readonly [K in keyof Model<E>[N]['rels']]: Model<E>[N]['rels'][K]['list'] } }
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : { readonly inferred: A; readonly planned: B }
${texts.map((text, index) => `const r${index} = () => { ${body(text)} }
export const ${JSON.stringify(text.name).replaceAll(/\W/g, '_')}: Same<Lists<ReturnType<typeof r${index}>>, ${planned(registries[index] ?? {})}> = true`).join('\n')}
`)
  expect(compiled.output.split('\n').filter((line) => line.includes('error'))).toEqual([])
}, 120_000)
