import { expect, it } from 'vitest'
import { manifest } from '../../src/installed/manifest.js'

const of = (json: object) => manifest({ name: 'x', version: '1.0.0', ...json })

it('reads people in every form, each once', () => {
  expect(of({ author: 'Ada L <ada@x.org> (https://x.org)', maintainers: [{ name: 'Ada L' }, { email: 'no@name' }], contributors: 'not a list' })?.people).toEqual(['Ada L'])
})

it.each([
  ['MIT', { license: 'MIT' }],
  ['MIT OR WTFPL', { license: '(MIT OR WTFPL)' }],
  ['ISC', { license: { type: 'ISC' } }],
  ['BSD', { licenses: [{ type: 'BSD' }] }],
  [undefined, { license: 7 }],
])('reads the licence %s of %j', (licence, json) => {
  expect(of(json)?.licence).toBe(licence)
})

it('takes keywords in lower case, each once, and ranges of every kind', () => {
  expect(of({ keywords: ['SQL', 'sql', 3, ''], dependencies: { a: '1' }, peerDependencies: { b: '2', c: null } })).toMatchObject({ keywords: ['sql'], ranges: { a: '1', b: '2' } })
})

it.each([[null], [[]], [{ name: 'x' }], ['text']])('finds no manifest in %j', (json) => {
  expect(manifest(json)).toBeUndefined()
})
