import { expect, it } from 'vitest'
import { programsIn } from './snippet/extract.js'

const page = ['Text', '```ts', '// blog.ts', 'export const a = 1', '```', 'more', '```ts continued', 'export const b = 2', '```', '```output', '1', '```', '```ts sketch', 'nothing', '```', '```sh', 'ls', '```', '````ts', 'const fence = `', '```', '`', '````'].join('\n')

it('puts every block at the line where it stands, and continued ones in the same file', () => {
  const [blog, other, ...rest] = programsIn('README.md', page)
  expect(blog).toMatchObject({ file: 'blog.ts', line: 3, output: '1\n' })
  expect(blog?.source.split('\n').map((text, at) => [at + 1, text]).filter(([, text]) => text !== '')).toEqual([[3, '// blog.ts'], [4, 'export const a = 1'], [8, 'export const b = 2']])
  expect(other).toMatchObject({ file: 'line-20.ts', line: 20 })
  expect(rest).toEqual([])
})
