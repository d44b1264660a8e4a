// PGlite behaves like PostgreSQL.

import { expect, test } from 'vitest'
import { pglite } from '../../src/pglite/index.js'
import { behavesLikePostgresql, errorOf } from '../postgresql/behaviour.js'

behavesLikePostgresql(() => pglite().connect())

test('a closed driver refuses', async () => {
  const driver = await pglite().connect()
  await driver.close()
  expect((await errorOf(driver.acquire())).kind).toBe('closed')
})
