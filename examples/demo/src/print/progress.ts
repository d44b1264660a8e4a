// Progress: one line written over and over for a person, and one line a stage in a log.

import { duration } from './amount.js'
import type { Screen } from './screen.js'
import { cut, padEnd } from './text.js'

export interface Progress {
  readonly advance: (done: number, of: number) => void
  /** Ends the stage with what came of it. */
  readonly done: (result: string) => void
  /** Ends the stage without a result: what failed is said elsewhere. */
  readonly failed: () => void
}

const barWidth = 20
const pause = 50

/** Begins a stage. `now` gives milliseconds; `meanwhile` is shown until something advances. */
export const progress = (screen: Screen, stage: string, now: () => number, meanwhile = ''): Progress => {
  const { colours, live, width, write } = screen
  const started = now()
  let drawn = -Infinity
  const over = (line: string): void => write(`\r\u001B[2K${line}`)
  const head = (sign: string): string => `${sign} ${padEnd(stage, 9)}`
  if (live) over(`${head(colours.cyan('·'))} ${colours.dim(cut(meanwhile, width - 13))}`)
  return {
    advance: (done, of) => {
      if (!live || (now() - drawn < pause && done < of)) return
      drawn = now()
      const filled = of === 0 ? barWidth : Math.round((done / of) * barWidth)
      over(`${head(colours.cyan('·'))} ${colours.cyan('█'.repeat(filled))}${colours.dim('░'.repeat(barWidth - filled))} ${width < 48 ? '' : colours.dim(`${done} of ${of}`)}`)
    },
    done: (result) => {
      const time = duration(now() - started)
      const line = `${head(colours.green('✓'))} ${cut(result, Math.max(8, width - 13 - time.length))} ${colours.dim(time)}`
      if (live) over(`${line}\n`)
      else write(`${line}\n`)
    },
    failed: () => {
      if (live) over(`${head(colours.red('✗'))}\n`)
      else write(`${head('✗')}\n`)
    },
  }
}
