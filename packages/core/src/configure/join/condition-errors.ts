// What to say where a condition does not decide how two sides belong together.

import { columnKey, columnText } from '../column-ref.js'
import { detailOf } from '../declaration.js'
import { mappingError } from '../mapping-error.js'
import type { MappingError } from '../mapping-error.js'
import { columnsOf, comparedColumns, operationsOf } from './condition.js'
import type { Condition, ConditionColumn } from './condition.js'
import type { LocalMarked } from './mark-local.js'
import { sourcesOf } from './selectable.js'

/** No column of the condition is foreign, or none that is stands in a plain equality. */
export const noRelevantForeignKeys = (relationship: LocalMarked, which: 'primaryjoin' | 'secondaryjoin', condition: Condition): MappingError => {
  const { key, settings } = relationship
  const columns = columnsOf(condition)
  const detail = { ...detailOf(relationship), columns: texts(columns) }
  if (!columns.some((column) => column.foreign)) {
    return mappingError(
      'no-relevant-foreign-keys',
      `${key}: no column in its ${which} (${detail.columns.join(', ')}) is known to refer to the other side.`,
      detail,
      `Mark the column that holds the other's key, as in ${which}: () => ${likelyEquality(relationship, which, columns)}, list it in foreignKeys, or declare { references: '…' } on it.`,
    )
  }
  const foreign = texts(columns.filter((column) => column.foreign))
  const [equality] = comparedColumns(condition).filter(({ equality: is, left, right }) => is && !left.foreign && !right.foreign && columnKey(left) !== columnKey(right))
  const [one, other] = equality === undefined ? [] : likelyForeign(relationship, [equality.left, equality.right])
  return mappingError(
    'no-relevant-foreign-keys',
    `${key}: its ${which} says how to find rows, but has no plain equality with a foreign column (${foreign.join(', ')} ${foreign.length === 1 ? 'is' : 'are'}), so it does not say what to write.`,
    detail,
    one === undefined || other === undefined
      ? `If it is only for reading, write viewonly: true; else compare the foreign column with eq(…) alone.`
      : `foreign(…) and foreignKeys take the place of declared keys, so mark what is to be written too: eq(${one}, foreign(${other}))${settings.viewonly ? '' : '; if it is only for reading, write viewonly: true'}.`,
  )
}

/** No column of one side is compared with one of the other. */
export const noLocalRemotePairs = (relationship: LocalMarked): MappingError => {
  const { key, primaryjoin, entity, targetEntity } = relationship
  const columns = columnsOf(primaryjoin)
  const [message, hint] = isSelfReferring(relationship)
    ? [`the columns of its condition cannot be told apart into those of ${entity.name} and those of the ${targetEntity.name} that it leads to`, farSide(columns)]
    : apart(relationship, columns)
  return mappingError('no-local-remote-pairs', `${key}: ${message}.`, { ...detailOf(relationship), columns: texts(columns) }, hint)
}

/** Its foreign columns are on neither side, or on both. */
export const noDirection = (relationship: LocalMarked, on: 'neither' | 'both'): MappingError => {
  const { key, entity, targetEntity, foreignColumns } = relationship
  const detail = { ...detailOf(relationship), columns: foreignColumns.map(columnText) }
  if (on === 'neither') return mappingError(
    'no-direction',
    `${key}: the foreign columns of its condition (${detail.columns.join(', ')}) belong neither to ${entity.name} nor to ${targetEntity.name}.`,
    detail,
    'Mark a column of one of the two with foreign(…), or give the table in between as secondary.',
  )
  const listed = (side: typeof entity): string => `foreignKeys: [${foreignColumns.filter(({ table }) => side.tableSet.has(table)).map((column) => `'${columnText(column)}'`).join(', ')}]`
  return mappingError(
    'no-direction',
    `${key}: its condition has foreign columns on both sides (${detail.columns.join(', ')}), so it cannot be said which side refers to which.`,
    detail,
    isSelfReferring(relationship)
      ? `Mark with foreign(…), or list in foreignKeys, only the columns that hold the other's key, such as foreignKeys: ['${detail.columns.at(-1) ?? ''}'].`
      : `Mark with foreign(…), or list in foreignKeys, only the columns that hold the other's key: ${listed(targetEntity)} for a list, ${listed(entity)} for one object.`,
  )
}

const isSelfReferring = ({ entity, targetEntity }: LocalMarked): boolean => entity.tables.some((table) => targetEntity.tableSet.has(table))

/** What is wrong between two different tables: marks that should not be there, or sides that are not compared. */
const apart = (relationship: LocalMarked, columns: readonly ConditionColumn[]): readonly [message: string, hint: string] => {
  const { entity, targetEntity, marksGiven, givenRemoteSide } = relationship
  const near = columns.some(({ table }) => entity.tableSet.has(table))
  const far = columns.some(({ table }) => targetEntity.tableSet.has(table))
  const [one, other] = likelyForeign(relationship, columns)
  const compare = `Compare a column of '${entity.table}' with one of '${targetEntity.table}': eq(${near && far && one !== undefined && other !== undefined ? `${one}, foreign(${other})` : `${entity.table}.c.<column>, foreign(${targetEntity.table}.c.<column>)`})`
  if (!near || !far) return [`its condition has no column of ${near ? targetEntity.name : entity.name}`, `${compare}.`]
  if (marksGiven.remote || givenRemoteSide.length > 0) return [
    `the columns of its condition cannot be told apart into those of ${entity.name} and those of the ${targetEntity.name} that it leads to`,
    `Leave out ${marksGiven.remote ? 'remote(…)' : 'remoteSide'}: '${entity.table}' and '${targetEntity.table}' are different tables, so the columns of '${targetEntity.table}' are the far side.`,
  ]
  const operator = operationsOf(relationship.primaryjoin).find((operation) => operation._tag === 'custom' && !operation.comparison)
  return [
    `its condition compares no column of ${entity.name} with one of ${targetEntity.name}`,
    operator?._tag === 'custom' ? `'${operator.symbol}' is not declared to compare: write op('${operator.symbol}', …) without { comparison: false }.` : `${compare}.`,
  ]
}

/** Which columns of one table to call the far side: by columns that differ, else by marks. */
const farSide = (columns: readonly ConditionColumn[]): string => {
  const foreign = columns.find((column) => column.foreign)
  const key = columns.find((column) => foreign !== undefined && columnKey(column) !== columnKey(foreign))
  if (foreign === undefined || key === undefined) {
    const [column] = columns
    return `Mark the mention that is of the far side, and that alone: remote(${column === undefined ? '…' : expression(column)}).`
  }
  return `Name those of the far side, and only those: remoteSide: ['${columnText(key)}'] leads to the one object, remoteSide: ['${columnText(foreign)}'] to a list. In a condition of your own, mark them with remote(…).`
}

/** The equality that a condition should have: of its own columns where two can be told apart, else of the tables that it joins. */
const likelyEquality = (relationship: LocalMarked, which: 'primaryjoin' | 'secondaryjoin', columns: readonly ConditionColumn[]): string => {
  const [one, other] = likelyForeign(relationship, columns)
  if (one !== undefined && other !== undefined) return `eq(${one}, foreign(${other}))`
  const { entity, targetEntity, secondary } = relationship
  const between = secondary === undefined ? [] : sourcesOf(secondary)
  const far = between.at(which === 'primaryjoin' ? 0 : -1)?.alias ?? targetEntity.table
  return `eq(${which === 'primaryjoin' ? entity.table : targetEntity.table}.c.<column>, foreign(${far}.c.<column>))`
}

/** Two columns of a condition for a hint, the likelier foreign one last: of the secondary, else one that is no key, else the later. */
const likelyForeign = ({ entity, targetEntity, secondary }: LocalMarked, columns: readonly ConditionColumn[]): readonly string[] => {
  const between = new Set(secondary === undefined ? [] : sourcesOf(secondary).map(({ alias }) => alias))
  const keys = new Set([...entity.primaryKeyColumns, ...targetEntity.primaryKeyColumns].map(columnKey))
  const rank = (column: ConditionColumn): number => (between.has(column.table) ? 2 : keys.has(columnKey(column)) ? 0 : 1)
  const foreign = columns.filter((column) => columns.every((other) => rank(other) <= rank(column))).at(-1)
  const [other] = columns.filter((column) => foreign !== undefined && columnKey(column) !== columnKey(foreign))
  return [other, foreign].flatMap((column) => (column === undefined ? [] : [expression(column)]))
}

const expression = ({ table, column }: ConditionColumn): string => `${table}.c.${column}`

const texts = (columns: readonly ConditionColumn[]): readonly string[] => [...new Set(columns.map(columnText))]
