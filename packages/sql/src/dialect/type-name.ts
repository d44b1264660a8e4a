// How a type is written: a table of patterns, in which `#` stands for what the type carries.

import type { DatabaseType, DatabaseTypeKind } from '@relata/core'

/**
 * Patterns by kind; `timestamptz` is a timestamp with a time zone. `#` becomes the length of a varchar, the precision and
 * scale of a numeric, the length of the longest value of an enumeration, the name of a custom type. A numeric that says
 * no precision has the pattern of `decimal`.
 */
export type TypePatterns = Readonly<Record<DatabaseTypeKind | 'timestamptz' | 'decimal', string>>

/** The type in the dialect's words; the name of a custom type is the program's own and is written as it is. */
export const typeName = (patterns: TypePatterns, type: DatabaseType): string => {
  switch (type.kind) {
    case 'varchar': return fill(patterns.varchar, type.length)
    case 'enumeration': return fill(patterns.enumeration, type.values.reduce((most, value) => Math.max(most, value.length), 1))
    case 'numeric':
      return type.precision === undefined
        ? patterns.decimal
        : fill(patterns.numeric, type.scale === undefined ? type.precision : `${type.precision}, ${type.scale}`)
    case 'timestamp': return type.withTimeZone ? patterns.timestamptz : patterns.timestamp
    case 'custom': return fill(patterns.custom, type.name)
    case 'integer':
    case 'bigint':
    case 'real':
    case 'text':
    case 'boolean':
    case 'date':
    case 'json':
    case 'uuid':
    case 'bytes':
      return patterns[type.kind]
    default: {
      const impossible: never = type
      return impossible
    }
  }
}

/** May a custom type's name stand in a statement? Words, digits, lengths or texts in parentheses, `[]`; nothing that ends a statement. */
export const isTypeName = (name: string): boolean => /^[A-Za-z_][\w. ]*(\(([\w ,]|'[^'\\\0]*')*\))?( [A-Za-z ]+)?(\[\])*$/.test(name)

const fill = (pattern: string, argument: string | number): string => pattern.replace('#', () => String(argument))
