// The type of an expression, as far as it can be told without asking the database.

import type { DatabaseType } from '../schema/database-type.js'
import type { PlanNode } from './select-ast.js'

const boolean: DatabaseType = { kind: 'boolean' }
const integer: DatabaseType = { kind: 'integer' }
const bigint: DatabaseType = { kind: 'bigint' }
const real: DatabaseType = { kind: 'real' }
const text: DatabaseType = { kind: 'text' }

/** Functions whose result has a type of its own; those of `argument` have their first argument's. */
const ofFunction: Readonly<Record<string, DatabaseType | 'argument'>> = {
  count: integer, row_number: integer, rank: integer, dense_rank: integer, ntile: integer, length: integer, char_length: integer,
  lower: text, upper: text, trim: text, ltrim: text, rtrim: text, replace: text, substr: text, substring: text, concat: text,
  coalesce: 'argument', nullif: 'argument', min: 'argument', max: 'argument', sum: 'argument', abs: 'argument', round: 'argument',
  lag: 'argument', lead: 'argument', first_value: 'argument', last_value: 'argument', greatest: 'argument', least: 'argument',
  avg: real, exists: boolean,
}

/** Undefined where only the database knows. */
export const typeOf = (node: PlanNode): DatabaseType | undefined => {
  switch (node._tag) {
    case 'column':
    case 'slot':
      return node.type
    case 'constant': return node.type ?? typeOfConstant(node.value)
    case 'cast': return node.type
    case 'marked': return typeOf(node.arg)
    case 'binary':
      switch (node.operator) {
        case 'add': case 'sub': case 'mul': case 'div': case 'mod': return wider(typeOf(node.left), typeOf(node.right))
        case 'concat': return text
        case 'eq': case 'ne': case 'lt': case 'le': case 'gt': case 'ge':
        case 'like': case 'notLike': case 'isDistinctFrom': case 'isNotDistinctFrom':
          return boolean
        default: {
          const impossible: never = node
          return impossible
        }
      }
    case 'custom': return node.comparison ? boolean : undefined
    case 'logical':
    case 'not':
    case 'nullTest':
    case 'in':
    case 'between':
    case 'exists':
      return boolean
    case 'function': {
      const known = Object.hasOwn(ofFunction, node.name.toLowerCase()) ? ofFunction[node.name.toLowerCase()] : undefined
      return known === 'argument' ? firstKnown(node.args) : known
    }
    case 'case': return firstKnown([...node.branches.map(({ result }) => result), ...(node.otherwise === undefined ? [] : [node.otherwise])])
    case 'subquery': return node.select.columns.length === 1 ? typeOf(node.select.columns[0]!.expr) : undefined
    case 'null':
    case 'listSlot':
    case 'tuple':
    case 'fragment':
      return undefined
    default: {
      const impossible: never = node
      return impossible
    }
  }
}

export const typeOfConstant = (value: string | number | boolean): DatabaseType => {
  if (typeof value === 'string') return text
  if (typeof value === 'boolean') return boolean
  if (!Number.isInteger(value)) return real
  return value >= -2_147_483_648 && value <= 2_147_483_647 ? integer : Number.isSafeInteger(value) ? bigint : real
}

const firstKnown = (nodes: readonly PlanNode[]): DatabaseType | undefined => {
  for (const node of nodes) {
    const type = typeOf(node)
    if (type !== undefined) return type
  }
  return undefined
}

const rank: Partial<Record<DatabaseType['kind'], number>> = { integer: 1, bigint: 2, numeric: 3, real: 4 }

const wider = (left: DatabaseType | undefined, right: DatabaseType | undefined): DatabaseType | undefined => {
  if (left === undefined || right === undefined) return left ?? right
  return (rank[right.kind] ?? 0) > (rank[left.kind] ?? 0) ? right : left
}
