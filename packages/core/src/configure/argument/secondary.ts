// What stands between parent and target: a table, an alias of one, or a join of several.

import * as E from 'fp-ts/lib/Either.js'
import { isTable } from '../entity/read-registry.js'
import { isObject } from '../is-object.js'
import type { Names } from '../entity/layout.js'
import { sourcesOf } from '../join/selectable.js'
import type { Selectable } from '../join/selectable.js'
import { lookUp } from '../record.js'
import { didYouMean } from '../suggest.js'
import { readCondition } from './read-condition.js'
import type { Fault } from './condition-shape.js'

/** Resolves what was given as `secondary`; names are looked up among the tables of the registry. */
export const readSecondary = (layout: Names, given: unknown): E.Either<Fault, Selectable> => {
  const read = readPart(layout, given, 0)
  if (E.isLeft(read)) return read
  const names = sourcesOf(read.right).map(({ alias }) => alias)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  return twice === undefined ? read : E.left({
    message: `its join has '${twice}' twice`,
    hint: `Give one of the two another name: tableAlias(${twice}, '${twice}_2').`,
  })
}

const readPart = (layout: Names, given: unknown, depth: number): E.Either<Fault, Selectable> => {
  if (depth > 100) return E.left({ message: 'its join is more than 100 tables deep', hint: 'Join fewer tables.' })
  if (typeof given === 'string') {
    if (lookUp(layout.tables, given) !== undefined) return E.right({ _tag: 'table', table: given, alias: given })
    return E.left(layout.entities[given] !== undefined ? mappedEntity(given) : {
      message: `there is no table '${given}'`,
      hint: `Give the table itself, or the name of one that this registry knows: registry(…, { tables: [${given}] }) adds a table that no entity maps. ${didYouMean(given, Object.keys(layout.tables))}`,
    })
  }
  if (!isObject(given)) return E.left({
    message: 'it is neither a table nor the name of one',
    hint: 'Write secondary: userTags, with the table that holds both keys.',
  })
  switch (given['_tag']) {
    case 'Table': return isTable(given) ? E.right({ _tag: 'table', table: given.name, alias: given.name }) : E.left({
      message: 'its table is malformed',
      hint: 'Build tables with table(\'name\', { id: column(integer, { primaryKey: true }), … }).',
    })
    case 'TableAlias': {
      const { table, alias } = given
      return isTable(table) && typeof alias === 'string' && alias !== '' ? E.right({ _tag: 'table', table: table.name, alias }) : E.left({
        message: 'it is an alias without a table or a name',
        hint: 'Build it with tableAlias(userTags, \'link\').',
      })
    }
    case 'TableJoin': return readJoin(layout, given, depth)
    default: return E.left('relationships' in given && 'table' in given ? mappedEntity() : {
      message: 'it is neither a table, an alias nor a join of tables',
      hint: 'Write secondary: userTags, with the table that holds both keys.',
    })
  }
}

const readJoin = (layout: Names, given: Readonly<Record<string, unknown>>, depth: number): E.Either<Fault, Selectable> => {
  const left = readPart(layout, given['left'], depth + 1)
  if (E.isLeft(left)) return left
  const right = readPart(layout, given['right'], depth + 1)
  if (E.isLeft(right)) return right
  const on = readCondition(layout, (name) => sourceColumns(layout, left.right, name) ?? sourceColumns(layout, right.right, name), given['on'])
  if (E.isLeft(on)) return E.left({ message: `the condition of its join cannot be used: ${on.left.message}`, hint: on.left.hint })
  return E.right({ _tag: 'join', left: left.right, right: right.right, on: on.right, outer: given['outer'] === true })
}

const mappedEntity = (name?: string): Fault => ({
  message: `${name === undefined ? 'it' : `'${name}'`} is an entity: rows of a secondary table are written apart from any entity mapped to the same table`,
  hint: 'Give the table instead: secondary: userTags. If the rows should be objects, write two relationships to that entity and no secondary.',
})

/** The columns of the part of a secondary that bears a name. */
export const sourceColumns = (layout: Names, secondary: Selectable | undefined, name: string): Readonly<Record<string, unknown>> | undefined => {
  const source = secondary === undefined ? undefined : sourcesOf(secondary).find(({ alias }) => alias === name)
  return source === undefined ? undefined : layout.tables[source.table]?.columns
}
