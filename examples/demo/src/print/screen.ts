// Where the demo writes: how wide it is, whether it takes colours, and whether a line can be written over.

import picocolors from 'picocolors'

export type Colours = ReturnType<typeof picocolors.createColors>

export interface Screen {
  readonly width: number
  readonly colours: Colours
  /** A person watches: a line may be written over. Else it is a log, in which each line is written once. */
  readonly live: boolean
  readonly write: (text: string) => void
}

interface Output {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

const narrowest = 32
const widest = 100

/** The screen of a stream: no colours where it is no terminal or the reader asked for none (NO_COLOR). */
export const screenOf = (output: Output, environment: Readonly<Record<string, string | undefined>>): Screen => {
  const live = output.isTTY === true && environment['TERM'] !== 'dumb'
  const refused = (environment['NO_COLOR'] ?? '') !== ''
  const forced = !['', '0', 'false'].includes(environment['FORCE_COLOR'] ?? '')
  return {
    width: Math.min(widest, Math.max(narrowest, output.columns ?? 80)),
    colours: picocolors.createColors(!refused && (live || forced)),
    live: live && environment['CI'] === undefined,
    write: (text) => void output.write(text),
  }
}

/** Writes lines, each ended. */
export const writeLines = (screen: Screen, lines: readonly string[]): void => screen.write(lines.map((line) => `${line}\n`).join(''))
