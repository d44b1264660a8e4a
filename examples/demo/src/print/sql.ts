// SQL for reading: a clause a line, keywords set off, long lists of columns and parameters cut short.

import type { Screen } from './screen.js'
import { cut, tame, wrap } from './text.js'

const clause = /(?<!\b(?:LEFT|OUTER|INNER|CROSS))\s+(?=(?:FROM|WHERE|GROUP BY|HAVING|ORDER BY|LIMIT|OFFSET|UNION|RETURNING|VALUES|SET|LEFT|INNER|CROSS|JOIN|ON CONFLICT)\b)/g
const keyword =
  /\b(?:WITH|RECURSIVE|SELECT|DISTINCT|FROM|WHERE|GROUP BY|HAVING|ORDER BY|LIMIT|OFFSET|UNION|ALL|RETURNING|INSERT INTO|VALUES|UPDATE|SET|DELETE FROM|LEFT|OUTER|INNER|CROSS|JOIN|ON|AND|OR|NOT|IN|ANY|IS|NULL|AS|ASC|DESC|EXISTS|UNNEST|COUNT|SUM|MAX|COALESCE)\b/gi

/** A statement in lines that fit; `most` lines of each clause, then how much was left out. */
export const sql = (screen: Screen, text: string, indent = '  ', most = 3): readonly string[] => {
  const { parts, restore } = literals(tame(text.replace(/\s+/g, ' ').trim()))
  return parts.replace(clause, '\n').split('\n').flatMap((part, at) => {
    const inner = at === 0 ? indent : `${indent}${/^(?:LEFT|INNER|CROSS|JOIN)/.test(part) ? '  ' : ''}`
    const lines = wrap(restore(part), screen.width - inner.length - 2)
    const kept = lines.slice(0, most)
    const left = lines.length - kept.length
    return [...kept, ...(left > 0 ? [`… ${left} more ${left === 1 ? 'line' : 'lines'}`] : [])].map((line, nth) =>
      `${inner}${nth === 0 ? '' : '  '}${line.startsWith('… ') ? screen.colours.dim(line) : coloured(screen, cut(line, screen.width - inner.length - (nth === 0 ? 0 : 2)))}`)
  })
}

/** Quoted names and texts stand aside while clauses are looked for: `"from"` is a name. */
const literals = (text: string): { readonly parts: string; readonly restore: (part: string) => string } => {
  const kept: string[] = []
  const parts = text.replace(/"(?:[^"]|"")*"|'(?:[^']|'')*'/g, (literal) => `\uE000${kept.push(literal) - 1}\uE000`)
  return { parts, restore: (part) => part.replace(/\uE000(\d+)\uE000/g, (_, at: string) => kept[Number(at)] ?? '') }
}

const coloured = ({ colours }: Screen, line: string): string => {
  const { parts, restore } = literals(line)
  return restore(parts.replace(keyword, (word) => colours.magenta(word)))
}
