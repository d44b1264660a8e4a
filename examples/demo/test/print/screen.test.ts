import { expect, it } from 'vitest'
import { screenOf } from '../../src/print/screen.js'

const output = (isTTY: boolean, columns?: number) => ({ isTTY, ...(columns === undefined ? {} : { columns }), write: () => true })

it.each([
  ['a terminal', true, {}, true],
  ['a log', false, {}, false],
  ['a log of a machine that sets CI', false, { CI: 'true' }, false],
  ['NO_COLOR', true, { NO_COLOR: '1' }, false],
  ['an empty NO_COLOR', true, { NO_COLOR: '' }, true],
  ['a dumb terminal', true, { TERM: 'dumb' }, false],
  ['FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
  ['FORCE_COLOR=0', false, { FORCE_COLOR: '0' }, false],
])('%s takes colours: %s %j -> %s', (_, isTTY, environment, coloured) => {
  expect(screenOf(output(isTTY), environment).colours.isColorSupported).toBe(coloured)
})

it.each([[20, 32], [60, 60], [400, 100], [undefined, 80]])('columns %s make a width of %s', (columns, width) => {
  expect(screenOf(output(true, columns), {}).width).toBe(width)
})
