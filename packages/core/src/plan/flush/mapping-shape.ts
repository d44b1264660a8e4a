// What a flush needs to know of a mapping, looked up once: the tables of each entity with their columns, which attribute writes a
// column, the order in which relationships are processed, and who may orphan whom.

import { columnKey } from '../../configure/column-ref.js'
import type { ColumnRef, MappedAttribute, MappedEntity, MappedRelationship, Mapping } from '../../configure/mapping.js'
import { databaseName } from '../../schema/table-descriptor.js'
import type { PlannedColumn } from './flush-plan.js'

/** A column of one table of an entity, with the attribute whose value it holds. */
export interface ShapeColumn {
  readonly attribute: MappedAttribute
  readonly planned: PlannedColumn
  readonly primaryKey: boolean
  /** The value comes from another table of the same entity: a joined subclass's key. */
  readonly follows: boolean
  /** Why it is written where the program changed it. */
  readonly changed: string
  readonly unique: boolean
  /** An insert writes what the object shows, or null: nothing makes a value for it. */
  readonly plain: boolean
  /** The database makes its value where an insert gives none, and nothing else does. */
  readonly counted: boolean
}

export interface TableShape {
  readonly table: string
  readonly key: readonly ShapeColumn[]
  readonly columns: readonly ShapeColumn[]
  /** The column that counts versions is in this table. */
  readonly version: ShapeColumn | undefined
  /** By which a row is found: its key, and its version. */
  readonly found: readonly PlannedColumn[]
  /** What a row that is not there to be deleted means, and the name of the shape of its delete. */
  readonly missing: 'fail' | 'warn' | 'ignore'
  readonly deleteShape: string
  readonly computed: readonly PlannedColumn[]
  /** The table and the columns of it that the entity has: entities that share a table may differ. */
  readonly signature: string
  /** Why a row of it is inserted, and why it is deleted. */
  readonly because: string
  readonly gone: string
  /** Names of the shapes of its inserts, by the columns that the database makes. */
  readonly insertShapes: Map<number, string>
  /** The same for updates, by the columns that change. */
  readonly updateShapes: Map<number, string>
  /** An update writes what changed and nothing else: no version, nothing that is made anew or computed. */
  readonly quiet: boolean
  /** Places of the columns of its key in that of the entity. */
  readonly keyPlaces: readonly number[]
}

export interface EntityShape {
  readonly entity: MappedEntity
  readonly order: number
  /** Base tables first. */
  readonly tables: readonly TableShape[]
  /** By `columnKey`. */
  readonly attributes: ReadonlyMap<string, MappedAttribute>
  /** By name of an attribute of a joined table that the inherit condition equates: the attribute above whose value it takes on. */
  readonly equated: ReadonlyMap<string, MappedAttribute>
  /** Its attributes at the ends of relationships' pairs, by key of the relationship: found when they are first asked for. */
  readonly pairEnds: { readonly sources: Map<string, readonly MappedAttribute[]>; readonly destinations: Map<string, readonly MappedAttribute[]> }
  /** Relationships that write, in slot order. */
  readonly relationships: readonly MappedRelationship[]
  /** Attributes that a relationship copies into other rows. */
  readonly copied: ReadonlySet<string>
  /** Keys of the delete-orphan relationships that may hold an object of this entity. */
  readonly orphanedBy: readonly string[]
}

export interface MappingShape {
  readonly mapping: Mapping
  readonly entities: Readonly<Record<string, EntityShape>>
  /** Relationships that write, as processed: in order of `Entity_attr`. */
  readonly processed: readonly MappedRelationship[]
  /** Is any of them written by an UPDATE of its own? */
  readonly postpones: boolean
  /** Place of each in `processed`, by key. */
  readonly rank: ReadonlyMap<string, number>
}

const shapes = new WeakMap<Mapping, MappingShape>()

export const mappingShape = (mapping: Mapping): MappingShape => {
  let shape = shapes.get(mapping)
  if (shape === undefined) shapes.set(mapping, shape = shapeOf(mapping))
  return shape
}

/** The attribute of an entity that holds a column, or undefined where it maps none. */
export const attributeOf = (shape: EntityShape, ref: ColumnRef): MappedAttribute | undefined => shape.attributes.get(columnKey(ref))

const shapeOf = (mapping: Mapping): MappingShape => {
  const all = Object.values(mapping.entities)
  const byKey = new Map<string, MappedRelationship>()
  for (const entity of all) for (const relationship of entity.relationships) if (!relationship.viewonly) byKey.set(relationship.key, relationship)
  const sortKey = (relationship: MappedRelationship): string => `${relationship.entity}_${relationship.name}`
  const processed = [...byKey.values()].toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
  const orphaning = processed.filter((relationship) => relationship.cascade.deleteOrphan)
  const sources = new Set(processed.flatMap(({ synchronizePairs, secondarySynchronizePairs }) => [...synchronizePairs, ...secondarySynchronizePairs].map(({ source }) => columnKey(source))))
  const entities = Object.fromEntries(all.map((entity) => [entity.name, entityShape(mapping, entity, orphaning, sources)]))
  return { mapping, entities, processed, postpones: processed.some(({ postUpdate }) => postUpdate), rank: new Map(processed.map(({ key }, rank) => [key, rank])) }
}

const entityShape = (mapping: Mapping, entity: MappedEntity, orphaning: readonly MappedRelationship[], sources: ReadonlySet<string>): EntityShape => {
  const attributes = new Map<string, MappedAttribute>()
  for (const attribute of entity.attributes) {
    attributes.set(columnKey(attribute), attribute)
    for (const other of attribute.also) attributes.set(columnKey(other), attribute)
  }
  return {
    entity,
    order: entity.order,
    // What stands for a table has no rows of its own to write.
    tables: entity.tables.filter((table) => mapping.tables[table]?.derived === undefined).map((table) => tableShape(mapping, entity, table)),
    attributes,
    equated: equatedIn(mapping, entity, attributes),
    pairEnds: { sources: new Map(), destinations: new Map() },
    relationships: entity.relationships.filter((relationship) => !relationship.viewonly),
    copied: new Set([...attributes].filter(([key]) => sources.has(key)).map(([, { name }]) => name)),
    orphanedBy: orphaning.filter(({ target }) => entity.inheritance.line.includes(target)).map(({ key }) => key),
  }
}

/** Columns of one name are one attribute; those of different names are two, which hold the same. */
const equatedIn = (mapping: Mapping, { inheritance }: MappedEntity, attributes: EntityShape['attributes']): EntityShape['equated'] => {
  const equated = new Map<string, MappedAttribute>()
  for (const name of inheritance.line) {
    for (const [own, parents] of mapping.entities[name]?.inheritance.inheritPairs ?? []) {
      const [below, above] = [attributes.get(columnKey(own)), attributes.get(columnKey(parents))]
      if (below !== undefined && above !== undefined && below !== above) equated.set(below.name, above)
    }
  }
  return equated
}

const tableShape = (mapping: Mapping, entity: MappedEntity, name: string): TableShape => {
  const table = mapping.tables[name]
  if (table === undefined) throw new Error(`the mapping has no table '${name}'`)
  const unique = new Set([...table.primaryKey, ...table.uniques.flatMap(({ columns }) => columns), ...table.indexes.filter((index) => index.unique).flatMap(({ columns }) => columns)])
  const columns: ShapeColumn[] = []
  for (const attribute of entity.attributes) {
    for (const [place, ref] of [attribute, ...attribute.also].entries()) {
      if (ref.table !== name) continue
      const column = ref.column
      columns.push({
        attribute,
        planned: { column, name: databaseName(table, column) },
        primaryKey: table.primaryKey.includes(column),
        follows: place > 0,
        changed: `changed ${attribute.name}`,
        unique: unique.has(column) || table.columns[column]?.options.unique === true,
        counted: place === 0 && attribute.generated === 'key' && attribute.descriptor.options.default === undefined && entity.version?.attribute !== attribute.name && entity.inheritance.polymorphicOn !== attribute.name,
        plain: place === 0 && attribute.generated === 'none' && attribute.descriptor.options.default === undefined && !table.primaryKey.includes(column)
          && entity.version?.attribute !== attribute.name && entity.inheritance.polymorphicOn !== attribute.name,
      })
    }
  }
  const version = columns.find(({ attribute }) => attribute.name === entity.version?.attribute)
  const key = table.primaryKey.flatMap((column) => columns.filter(({ planned }) => planned.column === column))
  const missing = !entity.confirmDeletedRows ? 'ignore' : version === undefined ? 'warn' : 'fail'
  return {
    table: name, columns, key, version, missing,
    found: [...key, ...version === undefined ? [] : [version]].map(({ planned }) => planned),
    deleteShape: `${name}|${missing}|${version?.planned.column ?? ''}`,
    signature: `${name}|${columns.map(({ planned }) => planned.column).join(',')}`,
    because: `new ${entity.name}`,
    gone: `deleted ${entity.name}`,
    insertShapes: new Map(),
    updateShapes: new Map(),
    quiet: version === undefined && columns.every(({ attribute }) => attribute.generated !== 'always' && attribute.descriptor.options.onUpdateValue === undefined) && key.every(({ attribute }) => attribute.primaryKey),
    keyPlaces: key.map(({ attribute }) => entity.primaryKey.indexOf(attribute.name)),
    computed: columns.filter(({ attribute }) => attribute.generated === 'always').map(({ planned }) => planned),
  }
}
