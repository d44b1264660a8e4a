// load with a criterion on its edge: only members that it holds for, of one object and of many.

import { asc, eq, like, only, orderBy, select, selectinload } from '@relata/core'
import { isLeft, type Either } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { load } from '../../src/verb/load.js'
import { all } from '../../src/verb/query.js'
import { Address, openBlog, Tag, User } from '../load/blog.js'

let blog: Awaited<ReturnType<typeof openBlog>>
beforeEach(async () => { blog = await openBlog() })
afterEach(async () => { await blog.close() })

const right = <A>(result: Either<unknown, A>): A => {
  if (isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}
const everyone = pipe(select(User), orderBy(asc(User.id)))

it('loads only members that the criterion holds for', async () => {
  const users = right(await all(everyone)(blog)())
  const found = right(await load(User.addresses, only(like(Address.email, '%@x')))(users)(blog)())
  expect(found.map((user) => user.addresses.map((address) => address.email))).toEqual([['ada@x'], ['bob@x'], []])
})

it('loads of one object alike, and goes on below', async () => {
  const [ada] = right(await all(everyone)(blog)())
  const found = right(await load(User.addresses, only(like(Address.email, '%@x')), selectinload(Address.tags, only(eq(Tag.label, 'work'))))(ada!)(blog)())
  expect(found.addresses.map((address) => [address.email, address.tags.map((tag) => tag.label)])).toEqual([['ada@x', ['work']]])
})
