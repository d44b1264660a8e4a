// The statements that an answer took, each text once.

import type { StatementEvent } from '@relata/session'
import { counted, duration } from './amount.js'
import type { Screen } from './screen.js'
import { sql } from './sql.js'

/** How many statements, how long; then `shown` texts with rows and times, writes before reads. */
export const sent = (screen: Screen, events: readonly StatementEvent[], shown = 2): readonly string[] => {
  const { colours } = screen
  const queries = events.filter(({ kind }) => kind !== 'transaction')
  const byText = new Map<string, StatementEvent[]>()
  for (const event of queries) byText.set(event.query.sql, [...(byText.get(event.query.sql) ?? []), event])
  const total = queries.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  const isRead = ([, [event]]: readonly [string, readonly StatementEvent[]]): number => Number(event?.kind === 'select')
  const texts = [...byText].toSorted((a, b) => isRead(a) - isRead(b)).map(([text, all]) => ({ text, times: all.length, rows: sum(all.map(({ rows }) => rows)), milliseconds: sum(all.map(({ milliseconds }) => milliseconds)) }))
  return [
    '',
    colours.dim(`${counted(queries.length, 'statement')}, ${duration(total)}`),
    ...texts.slice(0, shown).flatMap(({ text, times, rows, milliseconds }) => [
      ...sql(screen, text),
      colours.dim(`  → ${counted(rows, 'row')}, ${duration(milliseconds)}${times === 1 ? '' : `, sent ${times} times`}`),
    ]),
    ...(texts.length > shown ? [colours.dim(`  and ${counted(texts.length - shown, 'other text')}`)] : []),
  ]
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
