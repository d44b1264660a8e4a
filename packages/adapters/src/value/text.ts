// Texts that every database stores and gives back unchanged.

import { describe, refuse } from './refused-value.js'

/** The text itself, if it holds no NUL (PostgreSQL has none) and no half of a surrogate pair (UTF-8 has none). */
export const checkedText = (value: unknown): string => {
  if (typeof value !== 'string') return refuse(`expected a text, got ${describe(value)}`)
  if (value.includes('\0')) return refuse('a text may not contain the character NUL')
  if (!value.isWellFormed()) return refuse('a text may not contain half of a surrogate pair')
  return value
}

/** A text of at most `length` characters, counted as databases do: in code points. */
export const checkedLength = (text: string, length: number): string => {
  if (text.length <= length) return text
  let count = 0
  for (const _ of text) count++
  return count <= length ? text : refuse(`the text has ${count} characters, the column takes ${length}`)
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A UUID in the form that databases give back: hyphenated, in lower case. */
export const checkedUuid = (value: unknown): string => {
  const text = checkedText(value).toLowerCase()
  return uuid.test(text) ? text : refuse('expected a UUID such as 6f2c1a52-6f1e-4f0c-9a44-0d8a5d7c1b3e')
}
