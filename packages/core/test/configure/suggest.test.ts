import { expect, test } from 'vitest'
import { didYouMean, nearest } from '../../src/configure/suggest.js'

test('the nearest known name is suggested', () => {
  expect(nearest('adress', ['user', 'address'])).toBe('address')
  expect(nearest('USER', ['user'])).toBe('user')
})

test('a name unlike all others is answered with what there is', () => {
  expect(didYouMean('zebra', ['user', 'address'])).toBe('There are \'user\', \'address\'.')
  expect(didYouMean('zebra', [])).toBe('There are none yet.')
})
