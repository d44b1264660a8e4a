// Values that plain JavaScript lets through: each is refused with a code, what it is about, and what to write instead.

import { limit, offset, select } from '@relata/core'
import { add, all, create, first } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { blog, User } from '../blog.js'
import { running } from '../in-session.js'

test.each([-1, NaN, 0.5])('a limit or an offset of %s is refused before anything is sent', async (count) => {
  for (const query of [pipe(select(User), limit(count)), pipe(select(User), offset(count))]) {
    for (const verb of [all, first]) {
      const { result, statements } = await running(blog, pipe(add(create(User, { name: 'ed' })), RTE.chain(() => verb(query))))
      expect(result).toMatchObject({ _tag: 'Left', left: { _tag: 'QueryRefused', code: 'argument', hint: expect.stringContaining('whole number') } })
      expect(statements).toEqual([])
    }
  }
})
