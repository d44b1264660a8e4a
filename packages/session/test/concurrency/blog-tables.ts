// The tables of the blog on one adapter, for the tests of a file or of a group.

import type { Adapter } from '@relata/sql/driver'
import { createAll } from '@relata/session'
import { closeAdapter, open } from '@relata/session/plain'
import { afterAll, beforeAll } from 'vitest'
import { blog } from '../blog.js'

/** Makes them before the tests, and closes the adapter after them. */
export const withBlogTables = (adapter: Adapter): void => {
  beforeAll(async () => {
    const db = await open(blog, adapter)
    await db.run(createAll(blog))
    await db.commit()
    await db.close()
  })
  afterAll(() => closeAdapter(adapter))
}
