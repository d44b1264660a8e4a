// A flush that fails at any of its statements leaves nothing behind: the database is as before, and so, after a rollback, are the
// objects; the same changes made again give the rows that they would have given.

import { sqlite } from '@relata/adapters/sqlite'
import { expect, test } from 'vitest'
import { failingAt } from './failing-work.js'

test('fails at each of its statements', async () => {
  const whole = await failingAt(0, sqlite())()
  expect(whole.failed).toBe(false)
  expect(whole.sent).toBeGreaterThan(40)
  for (let failAt = 1; failAt <= whole.sent; failAt++) {
    const broken = await failingAt(failAt, sqlite())()
    expect([failAt, broken.failed, broken.after]).toEqual([failAt, true, broken.before])
    expect([failAt, broken.shownAgain]).toEqual([failAt, broken.shown])
    expect([failAt, new Set(broken.states)]).toEqual([failAt, new Set(['transient'])])
    expect([failAt, broken.end]).toEqual([failAt, whole.end])
  }
})
