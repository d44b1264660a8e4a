// A unit of work fails at each of its statements, on every driver: the database is as before, the objects are, and the work then succeeds.

import { describe, expect, test } from 'vitest'
import { failingAt } from '../flush/failing-work.js'
import { embedded, servers } from './subjects.js'

describe.each([...embedded, ...servers])('$name', ({ name, missing, open }) => {
  test.skipIf(missing !== undefined)(`every statement fails once${missing === undefined ? '' : `: ${missing}`}`, async () => {
    const adapter = await open()
    const whole = await failingAt(0, adapter)()
    expect(whole.failed).toBe(false)
    expect(whole.sent).toBeGreaterThanOrEqual(40)
    for (let failAt = 1; failAt <= whole.sent; failAt++) {
      const broken = await failingAt(failAt, adapter)()
      expect([failAt, broken.failed, broken.after]).toEqual([failAt, true, broken.before])
      expect([failAt, broken.shownAgain]).toEqual([failAt, broken.shown])
      expect([failAt, broken.end]).toEqual([failAt, whole.end])
    }
    console.info(`${name}: a unit of work of ${whole.sent} writes failed at each of them: the database and the objects as before ${whole.sent} times, and the work done afterwards`)
  }, 120_000)
})
