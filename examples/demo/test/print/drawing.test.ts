import { describe, expect, it } from 'vitest'
import { bytes, counted, duration, whole } from '../../src/print/amount.js'
import { bars } from '../../src/print/bars.js'
import { grid } from '../../src/print/grid.js'
import { progress } from '../../src/print/progress.js'
import { sql } from '../../src/print/sql.js'
import { cut, tame, widthOf } from '../../src/print/text.js'
import { tree } from '../../src/print/tree.js'
import { paper, recorder } from './screens.js'

describe('text', () => {
  it('counts cells: wide characters twice, marks and colours not at all', () => {
    expect(['ab', '日本', 'e\u0301', '\u001B[31mred\u001B[39m'].map(widthOf)).toEqual([2, 4, 1, 3])
  })

  it('cuts by cells', () => {
    expect([cut('abcdef', 4), cut('日本語', 4), cut('ab', 2)]).toEqual(['abc…', '日…', 'ab'])
  })

  it('takes away what a terminal would obey', () => {
    expect(tame('a\u001B[2Jb\n\u202Ec')).toBe('a·[2Jb··c')
  })
})

describe('amounts', () => {
  it('are written in the unit that keeps them short', () => {
    expect([0, 999, 1000, 27_945_991, 999_999].map(bytes)).toEqual(['0 B', '999 B', '1.0 kB', '27.9 MB', '1.0 MB'])
  })

  it('have thousands set off, plurals, and times', () => {
    expect([whole(1234567), counted(1, 'row'), counted(0, 'row'), duration(3.21), duration(1400)]).toEqual(['1,234,567', '1 row', '0 rows', '3.2 ms', '1.4 s'])
  })
})

describe('a grid', () => {
  const columns = [{ title: 'package', least: 6 }, { title: 'files', align: 'right', from: 30 }, { title: 'size', align: 'right' }] as const

  it('aligns its columns', () => {
    expect(grid(paper(40), columns, [['typescript', '114', '28 MB'], ['x', '3', '1 kB']])).toEqual([
      'package     files   size',
      'typescript    114  28 MB',
      'x               3   1 kB',
    ])
  })

  it('leaves a column out and cuts another where the screen is narrow', () => {
    expect(grid(paper(18), columns, [['@typescript/linux', '114', '28 MB']])).toEqual(['package       size', '@typescrip…  28 MB'])
  })
})

describe('bars', () => {
  it('are as long as their share', () => {
    expect(bars(paper(20), [{ label: 'MIT', amount: 8, written: '8' }, { label: 'ISC', amount: 2, written: '2' }, { label: 'x', amount: 0, written: '0' }])).toEqual([
      'MIT ██████████████ 8',
      'ISC ███▌           2',
      'x                  0',
    ])
  })

  it('say more beside the amount', () => {
    expect(bars(paper(24), [{ label: 'a', amount: 2, written: '2 kB', note: 'MIT' }, { label: 'b', amount: 1, written: '1 B', note: 'a long note' }])).toEqual([
      'a █████████ 2 kB  MIT',
      'b ████▌      1 B  a lon…',
    ])
  })

  it('of nothing are none', () => {
    expect(bars(paper(), [])).toEqual([])
  })
})

describe('a tree', () => {
  it('shows what belongs to what, and how much is left out', () => {
    expect(tree(paper(24), { label: 'vite', note: '8.3.8', children: [{ label: 'rolldown', children: [{ label: 'oxc' }] }, { label: 'a-very-long-name-indeed' }], more: '… 2 more' })).toEqual([
      'vite 8.3.8',
      '├─ rolldown',
      '│  └─ oxc',
      '├─ a-very-long-name-ind…',
      '└─ … 2 more',
    ])
  })
})

describe('progress', () => {
  it('is one line a stage in a log', () => {
    const { screen, text } = recorder({ live: false })
    let time = 0
    const stage = progress(screen, 'load', () => time)
    stage.advance(1, 2)
    time = 1500
    stage.done('2 objects')
    expect(text()).toBe('✓ load      2 objects 1.5 s\n')
  })

  it('is written over on a terminal, and not more often than a person sees', () => {
    const { screen, text } = recorder({ live: true })
    let time = 0
    const stage = progress(screen, 'load', () => time)
    for (time = 1; time <= 100; time += 1) stage.advance(time, 100)
    stage.done('done')
    expect(text().split('\r').length - 1).toBe(5)
    expect(text().endsWith('\n')).toBe(true)
  })
})

describe('SQL', () => {
  it('has a clause a line, and takes no name for a keyword', () => {
    expect(sql(paper(60), 'select "v"."id" from "from where" as "v" left join "licences" as "l" on "l"."id" = "v"."x" where "v"."id" = $1')).toEqual([
      '  select "v"."id"',
      '  from "from where" as "v"',
      '    left join "licences" as "l" on "l"."id" = "v"."x"',
      '  where "v"."id" = $1',
    ])
  })

  it('has what is in parentheses further in', () => {
    expect(sql(paper(60), 'SELECT 1 FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.x = 1) ORDER BY 1')).toEqual([
      '  SELECT 1',
      '  FROM a',
      '  WHERE EXISTS (SELECT 1',
      '    FROM b',
      '    WHERE b.x = 1)',
      '  ORDER BY 1',
    ])
  })

  it('says how much of a long clause it leaves out, but not of one line', () => {
    const columns = (amount: number) => Array.from({ length: amount }, (_, n) => `"v"."column_${n}"`).join(', ')
    expect(sql(paper(40), `select ${columns(30)} from "v"`).at(-2)).toMatch(/^ {4}… \d+ more lines$/)
    expect(sql(paper(40), `select ${columns(5)} from "v"`)).toHaveLength(4)
  })

  it('never is wider than the screen', () => {
    const columns = Array.from({ length: 30 }, (_, n) => `"v"."a_rather_long_column_name_of_a_table_${n}"`).join(', ')
    expect(Math.max(...sql(paper(32), `select ${columns} from "v"`).map(widthOf))).toBeLessThanOrEqual(32)
  })
})
