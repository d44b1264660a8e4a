// What to say where foreign keys do not decide how two sides belong together.

import { columnText } from '../column-ref.js'
import { detailOf } from '../declaration.js'
import type { Layout } from '../entity/layout.js'
import type { ColumnRef } from '../mapping.js'
import { mappingError } from '../mapping-error.js'
import type { MappingError } from '../mapping-error.js'
import type { Targeted } from '../resolve-target.js'

/** A foreign key between two sides, as pairs of columns. */
export type Path = readonly (readonly [referred: ColumnRef, referring: ColumnRef])[]

/** `chosen`: there is a key, but `foreignKeys` names none of its columns. */
export const noForeignKeys = (relationship: Targeted, own: string, others: readonly string[], chosen: boolean): MappingError => {
  const { key, entity, targetEntity, secondary, givenForeignKeys } = relationship
  const [other = ''] = others
  const detail = { ...detailOf(relationship), tables: [own, ...others], ...givenForeignKeys.length === 0 ? {} : { columns: givenForeignKeys.map(columnText) } }
  if (secondary !== undefined) {
    return mappingError('no-foreign-keys', `${key}: ${chosen ? 'none of the columns in foreignKeys is part of a' : 'there is no'} foreign key from the secondary '${others.join('\', \'')}' to '${own}'.`, detail,
      [entity.table, targetEntity.table].includes(other) ? `'${other}' is the table of one of the two sides, and a secondary is a third table that holds a key of each: leave out secondary, or give that table.`
        : chosen ? `List the columns of the secondary that refer to either side: one path to '${entity.table}' and one to '${targetEntity.table}'.`
        : `Let a column of '${other}' refer to '${own}' with { references: '${own}.id' }, or give both conditions: primaryjoin (from '${entity.table}' to the secondary) and secondaryjoin (from the secondary to '${targetEntity.table}').`)
  }
  const [listed] = givenForeignKeys
  const near = key0(entity.primaryKeyColumns, entity.table)
  const far = key0(targetEntity.primaryKeyColumns, targetEntity.table)
  const hint = chosen ? 'Name columns of the declared foreign key, or leave foreignKeys out.'
    : listed !== undefined ? `foreignKeys chooses among declared keys, or marks columns of a condition: declare the key with { references: '…' } on ${columnText(listed)}, or add primaryjoin: () => eq(${listed.table === near.table ? expression(far) : expression(near)}, ${expression(listed)}).`
    : `If ${key} is a list, declare ${property(entity.name)}: column(integer, { references: '${columnText(near)}' }) in '${other}'; if it is one object, declare ${property(targetEntity.name)}: column(integer, { references: '${columnText(far)}' }) in '${own}'. Where the database has no such key, give the condition: primaryjoin: () => eq(${expression(near)}, foreign(${other}.c.<column>)).`
  return mappingError(
    'no-foreign-keys',
    `${key}: ${chosen ? 'none of the columns in foreignKeys is part of a' : 'there is no'} foreign key between '${own}' and '${others.join('\', \'')}', so it cannot be said how their rows belong together.`,
    detail,
    hint,
  )
}

export const ambiguousForeignKeys = (layout: Layout, relationship: Targeted, paths: readonly Path[]): MappingError => {
  const { key, entity, targetEntity, secondary } = relationship
  // The key that a joined subclass shares with its parent is the last that is meant.
  const likely = [...paths.filter((path) => !isKey(layout, path)), ...paths.filter((path) => isKey(layout, path))]
  const columns = likely.map((path) => path.map(([, referring]) => columnText(referring)))
  const listed = columns.map((path) => (path.length === 1 ? path[0] : `(${path.join(', ')})`)).join(' and ')
  const detail = { ...detailOf(relationship), columns: [...new Set(columns.flat())] }
  if (secondary !== undefined) {
    const [first, second] = likely.map((path) => path.map(([referred, referring]) => `eq(${expression(referred)}, ${expression(referring)})`))
    const isOneTable = entity.table === targetEntity.table
    return mappingError('ambiguous-foreign-keys', `${key}: the secondary has ${paths.length} foreign keys to '${likely[0]?.[0]?.[0].table ?? ''}', ${listed}.`, detail,
      isOneTable ? `Say which leads from the parent and which to the target: primaryjoin: () => ${both(first)}, secondaryjoin: () => ${both(second)}.`
        : `Say which is meant, beside the one to the other side: foreignKeys: [${argument(columns[0] ?? [])}, …], one path to '${entity.table}' and one to '${targetEntity.table}'; or give primaryjoin and secondaryjoin.`)
  }
  const choices = likely.map((path, index) => {
    const [, referring] = path[0] ?? []
    const onTarget = referring !== undefined && targetEntity.tableSet.has(referring.table)
    const onParent = referring !== undefined && entity.tableSet.has(referring.table)
    return `foreignKeys: [${argument(columns[index] ?? [])}]${onTarget === onParent ? '' : ` for ${onTarget ? 'a list' : 'one object'}`}`
  })
  return mappingError(
    'ambiguous-foreign-keys',
    `${key}: there are ${paths.length} foreign keys to go by, ${listed}.`,
    detail,
    `Say which: ${choices.slice(0, 4).join(', or ')}. The relationship of the other side needs the same.`,
  )
}

const both = (conditions: readonly string[] = []): string => (conditions.length === 1 ? conditions[0] ?? '' : `and(${conditions.join(', ')})`)

const argument = (columns: readonly string[]): string => columns.map((column) => `'${column}'`).join(', ')

const isKey = (layout: Layout, path: Path): boolean =>
  path.every(([, { table, column }]) => layout.tables[table]?.primaryKey.includes(column) === true)

const key0 = (columns: readonly ColumnRef[], table: string): ColumnRef => columns[0] ?? { table, column: 'id' }

const expression = ({ table, column }: ColumnRef): string => `${table}.c.${column}`

/** `User` → `userId`. */
const property = (entity: string): string => `${entity.slice(0, 1).toLowerCase()}${entity.slice(1)}Id`
