import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { demo } from '../src/demo.js'
import { widthOf } from '../src/print/text.js'
import { recorder } from './print/screens.js'

const workspace = fileURLToPath(new URL('../../..', import.meta.url))

describe('the demo', () => {
  it('answers every question on a narrow screen, in a log without colours', async () => {
    const { screen, text } = recorder({ live: false, width: 46 })
    const result = await demo({ screen, root: workspace, named: 'yaml', now: () => performance.now() })()
    expect(result).toMatchObject({ _tag: 'Right' })
    const lines = text().split('\n')
    expect(lines.filter((line) => widthOf(line) > 46 && !line.includes(workspace))).toEqual([])
    expect(text()).not.toContain('\u001B')
    expect(lines).toEqual(expect.arrayContaining([
      expect.stringContaining('Who needs yaml'),
      expect.stringMatching(/^yaml \d/),
      expect.stringContaining('relata-demo of this workspace'),
      expect.stringMatching(/- packages +1 row/),
      expect.stringMatching(/^licence .*All right/),
    ]))
    const [, before, flushed, after] = /^versions +(\d+) +(\d+) +(\d+)$/m.exec(text()) ?? []
    expect([before === after, Number(before) - Number(flushed)]).toEqual([true, 1])
  }, 240_000)

  it('says that it has nothing to read, before it starts a database', async () => {
    const { screen, text } = recorder({ live: false })
    expect(await demo({ screen, root: tmpdir(), named: undefined, now: () => 0 })()).toMatchObject({ left: { code: 'missing' } })
    expect(text()).toMatch(/✗ read/)
  })
})
