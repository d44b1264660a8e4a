// Constants as text, for DDL, which takes no parameters. Nothing else writes a value into a statement.

import type { Lowering } from './lowering.js'
import { refuse } from './lowering.js'
import type { SqlNode } from './sql-tree.js'

/** A number, a truth value or a text, written so that no setting of the server changes what it says. */
export const literal = (to: Lowering, value: string | number | boolean | bigint): SqlNode => {
  switch (typeof value) {
    case 'boolean': return { _tag: 'keyword', word: value ? 'true' : 'false' }
    case 'bigint': return { _tag: 'literal', text: String(value) }
    case 'number':
      if (!Number.isFinite(value)) refuse(to, 'malformed', `${value} cannot be written as a number.`, 'Give a finite number.', { construct: 'literal' })
      return { _tag: 'literal', text: String(value) }
    case 'string':
      if (/\0|[\uD800-\uDFFF]/u.test(value)) {
        refuse(to, 'malformed', 'A text contains the character NUL or half a surrogate pair, which no database keeps.', 'Take it out.', { construct: 'literal' })
        return { _tag: 'keyword', word: 'null' }
      }
      return { _tag: 'literal', text: quotedText(to, value) }
    default: {
      const impossible: never = value
      return impossible
    }
  }
}

const quotedText = (to: Lowering, value: string): string => {
  const doubled = value.replaceAll("'", "''")
  if (!value.includes('\\')) return `'${doubled}'`
  const { backslash } = to.dialect.ddl
  switch (backslash) {
    case 'plain': return `'${doubled}'`
    case 'e string': return `e'${doubled.replaceAll('\\', '\\\\')}'`
    case 'char function': return `concat(${value.split(/(\\+)/).filter((part) => part !== '').map(spelled).join(', ')})`
    default: {
      const impossible: never = backslash
      return impossible
    }
  }
}

/** Backslashes by their code, and the rest in quotes: MySQL reads an escape or not as a setting says. */
const spelled = (part: string): string =>
  part.startsWith('\\') ? `char(${Array.from(part, () => 92).join(', ')} using utf8mb4)` : `'${part.replaceAll("'", "''")}'`
