// Headings and remarks between the parts of the demo.

import type { Screen } from './screen.js'
import { cut, widthOf, wrap } from './text.js'

/** A question, with a rule to the screen's edge. */
export const heading = ({ colours, width }: Screen, text: string): readonly string[] => {
  const title = cut(text, width - 3)
  return ['', `${colours.bold(colours.cyan(title))} ${colours.dim('─'.repeat(Math.max(0, width - widthOf(title) - 1)))}`]
}

/** A remark, wrapped and dimmed. */
export const remark = ({ colours, width }: Screen, text: string): readonly string[] => wrap(text, width).map((line) => colours.dim(line))

/** What went wrong, and what to do. */
export const problem = ({ colours, width }: Screen, message: string, hint?: string): readonly string[] => [
  ...wrap(message, width).map((line) => colours.red(line)),
  ...(hint === undefined ? [] : wrap(hint, width - 2).map((line) => `  ${line}`)),
]
