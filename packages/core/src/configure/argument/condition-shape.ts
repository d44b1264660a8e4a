// Is what was given as a condition an expression all the way down? Nothing in it is called or evaluated.

import type { MappingLeaf, Operation } from '../../expression/node.js'
import { children } from '../../expression/map-children.js'
import { isObject } from '../is-object.js'
import { lookUp } from '../record.js'

/** What is wrong, and what to type: the caller knows whose argument it is. */
export interface Fault { readonly message: string; readonly hint: string }

const depthLimit = 500
const sizeLimit = 100_000
const build = 'Build conditions with eq(users.c.id, addresses.c.userId), and(…), or(…) and the like.'

/** What keeps a value from being a condition, if anything does. */
export const conditionFault = (given: unknown): Fault | undefined => shapeFault(given, 0, { left: sizeLimit })

const shapeFault = (given: unknown, depth: number, size: { left: number }): Fault | undefined => {
  if (typeof given === 'boolean') return {
    message: `it is the value ${String(given)} and not a condition: two columns compared with === are compared once, by JavaScript`,
    hint: 'Compare columns with eq(a, b).',
  }
  if (typeof given === 'string') return {
    message: 'it is text, which is never evaluated',
    hint: `${build} To refer to what is declared later, give a function: () => eq(…).`,
  }
  if (!isObject(given) || typeof given['_tag'] !== 'string') return { message: 'it is not an expression', hint: build }
  if (depth > depthLimit) return {
    message: `it is nested more than ${depthLimit} levels deep`,
    hint: 'Give and(…) and or(…) all their conditions at once.',
  }
  if (size.left-- <= 0) return { message: `it has more than ${sizeLimit} parts`, hint: 'Compare with a table that holds the values.' }
  switch (given['_tag']) {
    case 'tableColumn': return typeof given['table'] === 'string' && typeof given['column'] === 'string' ? undefined : {
      message: 'a column in it has no table or no name',
      hint: build,
    }
    case 'attribute': return typeof given['entity'] === 'string' && typeof given['name'] === 'string' ? undefined : {
      message: 'an attribute in it has no entity or no name',
      hint: build,
    }
    case 'field': return typeof given['source'] === 'string' && typeof given['name'] === 'string' ? undefined : {
      message: 'a field in it has no query or no name',
      hint: build,
    }
    case 'literal': return isConstant(given['value']) ? undefined : {
      message: 'it holds a value that is neither a text, a number nor a truth value',
      hint: 'Compare columns with columns, or with a text, a number, true or false.',
    }
    case 'null': return undefined
    default: return operationFault(given, depth, size)
  }
}

/** What can stand in a plan, which is plain data. */
const isConstant = (value: unknown): boolean =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))

const operands: Readonly<Record<string, readonly string[]>> = {
  binary: [], custom: [], not: [], nullTest: [], cast: [], marked: [], between: [],
  logical: ['args'], function: ['args'], fragment: ['args', 'parts'], in: ['items'], tuple: ['items'], case: ['branches'],
}

const operationFault = (given: object, depth: number, size: { left: number }): Fault | undefined => {
  const part = given as Readonly<Record<string, unknown>> // any object can be read so
  const tag = String(part['_tag'])
  const lists = lookUp(operands, tag)
  if (lists === undefined) return { message: `it has a part '${tag}', which conditions of a mapping cannot have`, hint: build }
  if (tag === 'function' && part['over'] !== undefined) return {
    message: 'it has a window function',
    hint: 'A join condition compares single rows: leave out over(…).',
  }
  for (const name of lists) {
    const list = part[name]
    if (!Array.isArray(list) || (name === 'branches' && !list.every(isObject))) return {
      message: `a part '${tag}' of it has no operands`,
      hint: build,
    }
  }
  // Its operands are where their tag says, so the one traversal finds them.
  for (const child of children(given as Operation<MappingLeaf>)) {
    const fault = shapeFault(child, depth + 1, size)
    if (fault !== undefined) return fault
  }
  return undefined
}
