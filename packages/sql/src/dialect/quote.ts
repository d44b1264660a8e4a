// Identifiers: the one place where a name becomes text.

import type { Either } from 'fp-ts/lib/Either.js'
import { left, right } from 'fp-ts/lib/Either.js'
import type { SqlError } from '../sql-error.js'
import { sqlError } from '../sql-error.js'
import type { Dialect } from './dialect.js'

/**
 * A name in quotes, any quote within it doubled. Left for a name that no quoting saves: empty, with a NUL or half a
 * surrogate pair, or longer than the database keeps (it would be cut and could meet another).
 *
 * @example
 * quote(postgres, 'we"ird') // right('"we""ird"')
 */
export const quote = (dialect: Pick<Dialect, 'name' | 'identifier'>, name: string): Either<SqlError, string> => {
  const { quote: mark, maxLength, measuredIn } = dialect.identifier
  const shown = name.length > 40 ? `${name.slice(0, 40)}…` : name
  const refused = (what: string, hint: string): Either<SqlError, string> =>
    left(sqlError('identifier', dialect, `The name ${JSON.stringify(shown)} ${what}.`, hint, { name }))

  if (name.length === 0) return refused('is empty', 'Give the table, column or alias a name.')
  if (name.includes('\0')) return refused('contains the character NUL, which no database keeps', 'Take it out of the name.')
  if (loneSurrogate.test(name)) return refused('contains half a surrogate pair, which is not text', 'Take it out of the name.')
  const length = measuredIn === 'bytes' ? utf8Length(name) : name.length
  if (length > maxLength) {
    return refused(`is ${length} ${measuredIn} long; ${dialect.name} keeps ${maxLength}`, 'Shorten the name, or give the column a shorter one with `name`.')
  }
  const forbidden = dialect.identifier.forbidden.find(({ pattern }) => pattern.test(name))
  if (forbidden !== undefined) return refused(`${forbidden.what}, which ${dialect.name} does not keep`, 'Take it out of the name.')
  return right(mark + name.replaceAll(mark, mark + mark) + mark)
}

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

const utf8Length = (text: string): number => {
  let length = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return length
}
