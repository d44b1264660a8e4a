// What a number of an option has to be: said the same by every adapter, before anything is opened.

import type { DriverError } from '@relata/sql/driver'
import { classified } from '../error/classified.js'

/** A timer that is set for longer fires at once. */
const longest = 2 ** 31 - 1

/** The error of an option, which is of kind `value`. */
export const refused = (message: string): DriverError => classified('value', message)

/** The error of the first that is no whole number of at least 1; undefined counts as left out. */
export const refusedCount = <K extends string>(options: { readonly [P in K]?: number }, names: readonly K[]): DriverError | undefined =>
  firstRefused(options, names, (count) => Number.isInteger(count) && count >= 1, 'a whole number, 1 or more')

/** The error of the first that a timer cannot be set to. */
export const refusedTimer = <K extends string>(options: { readonly [P in K]?: number }, names: readonly K[]): DriverError | undefined =>
  firstRefused(options, names, (time) => typeof time === 'number' && time >= 1 && time <= longest, `in milliseconds, from 1 to ${longest}`)

/** The error of the first that is no time, of which none and for ever are. */
export const refusedAge = <K extends string>(options: { readonly [P in K]?: number }, names: readonly K[]): DriverError | undefined =>
  firstRefused(options, names, (time) => typeof time === 'number' && time >= 0, 'in milliseconds, 0 or more')

/** How a value is shown in such an error. */
export const shownOption = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value))

function firstRefused<K extends string>(options: { readonly [P in K]?: number }, names: readonly K[], may: (value: number) => boolean, what: string): DriverError | undefined {
  const wrong = names.find((name) => {
    const value = options[name]
    return value !== undefined && !may(value)
  })
  return wrong === undefined ? undefined : refused(`${wrong} is ${shownOption(options[wrong])}: it is ${what}`)
}
