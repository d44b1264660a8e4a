import { expect, test } from 'vitest'
import { deviations } from './deviations.js'

test('the tables of the page name cases, for all databases or for some', () => {
  const listed = deviations(`
| where | what |
| --- | --- |
| \`no/case\` | … |

| case | why |
| --- | --- |
| \`a/1\`, \`a/2\` | … |

text \`c/1\`

| case | database | why |
| --- | --- | --- |
| \`b/1\` | MySQL, MariaDB | … |
`)
  expect([...listed('sqlite')]).toEqual(['a/1', 'a/2'])
  expect([...listed('mysql')]).toEqual(['a/1', 'a/2', 'b/1'])
})

test('every name on the page is one of a case', () => {
  expect([...deviations()('mysql'), ...deviations()('postgres')].filter((name) => !/^[a-z-]+\/\S+$/.test(name))).toEqual([])
})
