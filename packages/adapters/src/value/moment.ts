// Moments and dates as databases write them, read and written without the zone of this process.

import { describe, refuse } from './refused-value.js'
import { checkedText } from './text.js'

/** Which years a database can store. */
export interface Years {
  readonly first: number
  readonly last: number
}

/** A Date that is a moment, in a year that the database can store. */
export const checkedMoment = (value: unknown, years: Years): Date => {
  if (!(value instanceof Date)) return refuse(`expected a Date, got ${describe(value)}`)
  if (Number.isNaN(value.getTime())) return refuse('the Date is invalid')
  const year = value.getUTCFullYear()
  return year >= years.first && year <= years.last ? value : refuse(`the year ${year} is out of the range of this database`)
}

/** `2026-11-22 17:09:58.123`, in UTC; years from 0000 to 9999. */
export const plainMoment = (moment: Date): string => moment.toISOString().slice(0, 23).replace('T', ' ')

const dateForm = /^(\d{4,6})-(\d\d)-(\d\d)( BC)?$/

/** A date as text: `2026-11-22`, also `0044-03-15 BC` where the database has years before 1. */
export const checkedDate = (value: unknown, years: Years): string => {
  const text = checkedText(value)
  const match = dateForm.exec(text)
  if (match === null) return refuse('expected a date such as 2026-11-22')
  const [, digits = '', month = '', day = '', era] = match
  const year = era === undefined ? Number(digits) : 1 - Number(digits)
  if (digits.length > 4 && digits.startsWith('0')) return refuse('expected a date such as 2026-11-22')
  if (era !== undefined && year > 0) return refuse('there is no year 0000 BC')
  if (year < years.first || year > years.last) return refuse(`the year of ${text} is out of the range of this database`)
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > daysOf(year, Number(month))) return refuse(`there is no day ${text}`)
  return text
}

const momentForm = /^(\d{4,6})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?(?:(Z)|([+-])(\d\d)(?::?(\d\d))?(?::?(\d\d))?)?( BC)?$/

/** The moment that a database wrote; without a zone it is UTC. One that no Date is, is refused: cut off, it would be another. */
export const readMoment = (text: string): Date => {
  const match = momentForm.exec(text)
  if (match === null) return refuse(`the database's timestamp ${text} is no Date: read it as text`)
  const [, digits = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = '', , sign, zoneHour = '0', zoneMinute = '0', zoneSecond = '0', era] = match
  if (/[1-9]/.test(fraction.slice(3))) return tooFine()
  const year = era === undefined ? Number(digits) : 1 - Number(digits)
  const moment = new Date(0)
  moment.setUTCFullYear(year, Number(month) - 1, Number(day))
  moment.setUTCHours(Number(hour), Number(minute), Number(second), Number(fraction.slice(0, 3).padEnd(3, '0')))
  if (sign === undefined) return moment
  const offset = (Number(zoneHour) * 3600 + Number(zoneMinute) * 60 + Number(zoneSecond)) * 1000
  return new Date(moment.getTime() + (sign === '+' ? -offset : offset))
}

function tooFine(): never {
  return refuse("a timestamp has digits beyond milliseconds, which a Date would drop: make its column timestamp(3), read it by cast(…, timestamp), or declare it as text by custom({ name: 'timestamp(6)', codec: t.string })")
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}
