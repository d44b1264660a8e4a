// A mapping as a Mermaid entity-relationship diagram.

import type { MappedAttribute, MappedEntity, MappedRelationship, Mapping } from '../configure/mapping.js'
import { columnKey } from '../configure/column-ref.js'

/**
 * The text of an `erDiagram` with every entity, its attributes and keys, and every relationship; two sides of one thing are
 * one line. Paste it into anything that renders Mermaid.
 *
 * @example
 * diagram(mapping)
 * // erDiagram
 * //   User { … }
 * //   User ||--o{ Address : "addresses / user"
 */
export const diagram = (mapping: Mapping): string => {
  const foreign = foreignColumns(mapping)
  const entities = Object.values(mapping.entities)
  return ['erDiagram', ...entities.flatMap((entity) => entityLines(entity, foreign)), ...inheritanceLines(entities), ...relationshipLines(mapping, entities)].join('\n')
}

const entityLines = (entity: MappedEntity, foreign: ReadonlySet<string>): readonly string[] => [
  `  ${word(entity.name)} {`,
  // What is inherited stands where it is declared.
  ...entity.attributes.filter((attribute) => attribute.declaredBy === entity.name || entity.inheritance.kind === 'none').map((attribute) => `    ${attribute.descriptor.type.database.kind} ${word(attribute.name)}${keys(attribute, foreign)}${attribute.nullable ? ' "nullable"' : ''}`),
  '  }',
]

const keys = (attribute: MappedAttribute, foreign: ReadonlySet<string>): string => {
  const marks = [
    ...attribute.primaryKey ? ['PK'] : [],
    ...foreign.has(columnKey(attribute)) ? ['FK'] : [],
    ...attribute.descriptor.options.unique === true ? ['UK'] : [],
  ]
  return marks.length === 0 ? '' : ` ${marks.join(', ')}`
}

const foreignColumns = (mapping: Mapping): ReadonlySet<string> =>
  new Set(Object.values(mapping.tables).flatMap((table) => table.foreignKeys.flatMap((key) => key.columns.map((column) => columnKey({ table: table.name, column })))))

const inheritanceLines = (entities: readonly MappedEntity[]): readonly string[] =>
  entities.flatMap(({ name, inheritance: { line } }) => {
    const parent = line[line.length - 2]
    return parent === undefined ? [] : [`  ${word(parent)} ||--o| ${word(name)} : "is a"`]
  })

const relationshipLines = (mapping: Mapping, entities: readonly MappedEntity[]): readonly string[] => {
  const drawn = new Set<string>()
  const byKey = new Map(entities.flatMap((entity) => entity.relationships).map((relationship) => [relationship.key, relationship]))
  const lines: string[] = []
  for (const entity of entities) {
    for (const relationship of entity.relationships) {
      if (relationship.entity !== entity.name || drawn.has(relationship.key)) continue
      drawn.add(relationship.key)
      const [back] = relationship.reverse.flatMap((key) => byKey.get(key) ?? []).filter(({ key }) => !drawn.has(key) || key === relationship.key)
      if (back !== undefined) drawn.add(back.key)
      const label = back === undefined || back === relationship ? relationship.name : `${relationship.name} / ${back.name}`
      lines.push(`  ${word(relationship.entity)} ${nearEnd(mapping, relationship, back)}${relationship.viewonly ? '..' : '--'}${farEnd(mapping, relationship)} ${word(relationship.target)} : "${quoted(label)}"`)
    }
  }
  return lines
}

const farEnd = (mapping: Mapping, relationship: MappedRelationship): string =>
  relationship.uselist ? 'o{' : relationship.direction === 'many-to-one' && isRequired(mapping, relationship) ? '||' : 'o|'

const nearEnd = (mapping: Mapping, relationship: MappedRelationship, back: MappedRelationship | undefined): string => {
  const { direction } = relationship
  const many = back?.uselist ?? direction !== 'one-to-many'
  return many ? '}o' : direction === 'one-to-many' && isRequired(mapping, relationship) ? '||' : '|o'
}

/** Foreign keys that may not be null always lead to an object. */
const isRequired = (mapping: Mapping, { foreignKeyColumns }: MappedRelationship): boolean =>
  foreignKeyColumns.every(({ table, column }) => mapping.tables[table]?.columns[column]?.options.nullable !== true)

/** Mermaid takes letters, digits, underscores and hyphens in names; everything else becomes an underscore. */
const word = (name: string): string => {
  const plain = name.replace(/[^\p{L}\p{N}_-]/gu, '_')
  return /^[\p{L}_]/u.test(plain) ? plain : `_${plain}`
}

const quoted = (label: string): string => label.replaceAll('"', '\'').replace(/[\r\n]+/g, ' ')
