// Column types of time: points in time as Date, days as text.

import * as t from 'io-ts'
import { columnType } from './column-type.js'
import type { ColumnType } from './column-type.js'

/** A date and time without a zone, read and written as UTC, to the millisecond. `column(timestamp)` */
export const timestamp: ColumnType<Date> = instant(false)

/** A point in time, to the millisecond, whatever zone the database shows it in. `column(timestamptz)` */
export const timestamptz: ColumnType<Date> = instant(true)

/** A day, as `'2026-11-22'`: text, so that no zone moves it. `column(date)` */
export const date: ColumnType<string> = columnType({
  database: { kind: 'date' },
  codec: new t.Type<string>('date', isDay, (u, context) => (isDay(u) ? t.success(u) : t.failure(u, context)), t.identity),
  plain: true,
})

function instant(withTimeZone: boolean): ColumnType<Date> {
  return columnType({
    database: { kind: 'timestamp', withTimeZone },
    codec: new t.Type<Date>('timestamp', isInstant, (u, context) => (isInstant(u) ? t.success(u) : t.failure(u, context)), t.identity),
    plain: true,
    equals: (a, b) => a.getTime() === b.getTime(),
  })
}

function isInstant(u: unknown): u is Date {
  return u instanceof Date && !Number.isNaN(u.getTime())
}

/** Years have four digits or more and may be before Christ; what is no day of the calendar the database refuses. */
function isDay(u: unknown): u is string {
  return typeof u === 'string' && /^(?:\d{4,}-\d{2}-\d{2}(?: BC)?|-?infinity)$/.test(u)
}
