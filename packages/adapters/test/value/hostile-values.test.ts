import { expect, test } from 'vitest'
import { hostileValues } from './hostile-values.js'

test.each(hostileValues)('there are at least sixty different values of $type', ({ values }) => {
  expect(new Set(values).size).toBeGreaterThanOrEqual(60)
})
