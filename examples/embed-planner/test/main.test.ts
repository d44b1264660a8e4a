import { expect, it, vi } from 'vitest'

it('prints the join, the statements that Kysely sends, and what they bring', async () => {
  const printed: string[] = []
  vi.spyOn(console, 'log').mockImplementation((text: unknown) => void printed.push(String(text)))
  vi.spyOn(console, 'table').mockImplementation(() => {})
  await import('../src/main.js')
  vi.restoreAllMocks()
  expect(printed[0]).toMatch(/^join Book\.subjects \(many-to-many, list\)/)
  expect(printed.filter((text) => text.startsWith('  select'))).toHaveLength(4)
  expect(JSON.parse(printed.at(-1) ?? '')).toMatchObject([{ name: 'Le Guin', books: [{ title: 'A Wizard of Earthsea', subjects: [{ word: 'islands' }, { word: 'magic' }] }, {}, {}] }])
})
