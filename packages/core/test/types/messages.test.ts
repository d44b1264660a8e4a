// What the compiler says of mistakes: at their line, with the name of the culprit.

import { expect, test } from 'vitest'
import { compile } from './compiling.js'

const setting = `import { pipe } from 'fp-ts/lib/function.js'
import { any, column, defer, entities, entity, eq, has, innerjoin, integer, options, registry, relationship, select, selectinload, table, text, where } from '@relata/core'
import type { Model, Of, ResultOf } from '@relata/core'
const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text) })
const addresses = table('addresses', { id: column(integer, { primaryKey: true }), userId: column(integer, { references: 'users.id' }), email: column(text) })
const others = table('others', { id: column(integer, { primaryKey: true }) })
const blogEntities = entities({
  User: entity(users, { addresses: relationship('Address', { backPopulates: 'user' }) }),
  Address: entity(addresses, { user: relationship('User', { backPopulates: 'addresses' }) }),
  Other: entity(others),
})
interface Blog extends Model<typeof blogEntities> {}
const { User, Address, Other } = registry<Blog>(blogEntities).entities
declare const user: Of<typeof User>
const named = pipe(select(User), options(defer(User.name)))
export const used = [pipe, any, defer, has, innerjoin, named, eq, options, select, selectinload, where, User, Address, Other, user, others] as const
`
const line = setting.split('\n').length

const mistakes: readonly (readonly [what: string, code: string, says: string])[] = [
  ['a wrong target', "entities({ User: entity(users, { addresses: relationship('Adress') }) })", "no entity 'Adress' in this registry"],
  ['a wrong back reference', "entities({ User: entity(users, { addresses: relationship('Address', { backPopulates: 'usr' }) }), Address: entity(addresses) })", "no relationship 'usr' on Address"],
  ['a back reference that leads elsewhere', "entities({ User: entity(users, { addresses: relationship('Address', { backPopulates: 'other' }) }), Address: entity(addresses, { other: relationship('Other') }), Other: entity(others) })", 'Address.other leads to Other, not back to User'],
  ['a relationship named like a column', "entities({ User: entity(users, { name: relationship('Address') }), Address: entity(addresses) })", "'name' is a column of User"],
  ['a join that reads a third table', "entities({ User: entity(users, { a: relationship('Address', { primaryjoin: eq(users.c.id, others.c.id) }) }), Address: entity(addresses) })", "primaryjoin reads 'others', which is neither side"],
  ['a wrong option of a relationship', "relationship('Address', { lazy: 'joined', backPopulate: 'user' })", "a relationship has no option 'backPopulate'"],
  ['a wrong option of a column', 'column(integer, { primaryKey: true, nulable: true })', "a column has no option 'nulable'"],
  ['a wrong value of an option', "relationship('Address', { lazy: 'joind' })", 'Did you mean \'"joined"\'?'],
  ['a condition on another entity', 'pipe(select(User), where(eq(Other.id, 1)))', '\'"Other"\' is not assignable to type \'"User"\''],
  ['a value of the wrong type', "pipe(select(User), where(eq(User.id, 'x')))", "'string' is not assignable to parameter of type 'number |"],
  ['a relationship that is not loaded', 'user.addresses', "Property 'addresses' does not exist on type 'Instance<Blog, \"User\""],
  ['a path that does not go on', 'selectinload(User.addresses, selectinload(User.addresses))', '\'"Address"\' is not assignable to type \'"User"\''],
  ['any of a scalar', 'any(Address.user)', 'Address.user is one object, not a list: ask has(Address.user)'],
  ['any of a scalar with a condition', 'any(Address.user, eq(User.name, \'x\'))', 'Address.user is one object, not a list: ask has(Address.user)'],
  ['has of a list', 'has(User.addresses)', 'User.addresses is a list, not one object: ask any(User.addresses)'],
  ['a setting that a loader does not take', 'selectinload(User.addresses, innerjoin())', 'innerjoin() is for joinedload()'],
  ['a strategy that there is not', "relationship('Address', { lazy: 'eager' })", '"dynamic" | "immediate" | "joined" |'],
  ['a column that a query left out', "(null! as ResultOf<typeof named>).name", "Property 'name' does not exist on type 'Instance<Blog, \"User\""],
]

const compiled = compile(`${setting}${mistakes.map(([, code], index) => `export const mistake${index} = ${code}`).join('\n')}\n`)

for (const [index, [what, , says]] of mistakes.entries()) {
  test(`${what} is an error at its line that names it`, async () => {
    const { output } = await compiled
    const here = output.split(/^(?=\S+\(\d+,\d+\): error)/m).filter((error) => error.includes(`program.ts(${line + index},`))
    expect(here.join('\n')).toContain(says)
  }, 120_000)
}
