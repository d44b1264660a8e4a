// SQL for reading: a clause a line, deeper selects further in, keywords set off, long clauses cut short.

import type { Screen } from './screen.js'
import { cut, tame, wrap } from './text.js'

const clause = /(?<!\b(?:LEFT|OUTER|INNER|CROSS)) (?=(?:FROM|WHERE|GROUP BY|HAVING|ORDER BY|LIMIT|OFFSET|UNION|RETURNING|VALUES|SET|LEFT|INNER|CROSS|JOIN|ON CONFLICT)\b)/gi
const join = /^(?:LEFT|INNER|CROSS|JOIN)/i
const keyword =
  /\b(?:WITH|RECURSIVE|SELECT|DISTINCT|FROM|WHERE|GROUP BY|HAVING|ORDER BY|LIMIT|OFFSET|UNION|ALL|RETURNING|INSERT INTO|VALUES|UPDATE|SET|DELETE FROM|LEFT|OUTER|INNER|CROSS|JOIN|ON|AND|OR|NOT|IN|ANY|IS|NULL|AS|ASC|DESC|EXISTS|UNNEST|COUNT|SUM|MAX|COALESCE)\b/gi

/** A statement in lines that fit; of each clause `most` lines, then how many were left out. */
export const sql = (screen: Screen, text: string, indent = '  ', most = 2): readonly string[] => {
  const { outside, restore } = setAside(tame(text.replace(/\s+/g, ' ').trim()))
  return clauses(outside).flatMap(({ words, depth }) => {
    const inner = indent + '  '.repeat(Math.min(depth, 3) + (join.test(words) ? 1 : 0))
    const lines = wrap(restore(words), screen.width - inner.length - 2)
    const left = lines.length - most
    const shown = left > 1 ? lines.slice(0, most) : lines
    return [
      ...shown.map((line, at) => {
        const stem = at === 0 ? inner : `${inner}  `
        return stem + coloured(screen, cut(line, screen.width - stem.length))
      }),
      ...(left > 1 ? [screen.colours.dim(`${inner}  … ${left} more lines`)] : []),
    ]
  })
}

/** The parts of a statement that begin a line, each with how many parentheses are open before it. */
const clauses = (text: string): readonly { readonly words: string; readonly depth: number }[] => {
  const parts: { readonly words: string; readonly depth: number }[] = []
  let depth = 0
  for (const words of text.split(clause)) {
    parts.push({ words, depth })
    for (const character of words) depth += character === '(' ? 1 : character === ')' ? -1 : 0
  }
  return parts
}

/** Quoted names and texts stand aside while clauses are looked for: `"from"` is a name. */
const setAside = (text: string): { readonly outside: string; readonly restore: (part: string) => string } => {
  const kept: string[] = []
  const outside = text.replace(/"(?:[^"]|"")*"|'(?:[^']|'')*'/g, (quoted) => `\uE000${kept.push(quoted) - 1}\uE000`)
  return { outside, restore: (part) => part.replace(/\uE000(\d+)\uE000/g, (_, at: string) => kept[Number(at)] ?? '') }
}

const coloured = ({ colours }: Screen, line: string): string => {
  const { outside, restore } = setAside(line)
  return restore(outside.replace(keyword, (word) => colours.magenta(word)))
}
