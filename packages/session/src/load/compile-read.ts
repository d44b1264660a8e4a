// What a read of a plan means for a mapping, worked out once: classes, slots and offsets instead of names.

import type { ColumnType, EntityRead, MappedEntity, MappedRelationship, Mapping } from '@relata/core'
import { instanceClassOf } from '../state/instance-class.js'
import type { InstanceClass } from '../state/instance.js'
import type { LoadContext, SessionState } from '../state/model.js'

export interface CompiledRead {
  readonly read: EntityRead
  readonly root: MappedEntity
  readonly keyOffsets: readonly number[]
  /** Types of key columns whose values are not taken as they come. */
  readonly keyTypes: readonly (ColumnType<unknown> | undefined)[] | undefined
  readonly kinds: readonly CompiledKind[]
  /** By discriminator; undefined where every row is of the one kind. */
  readonly kindOf: ReadonlyMap<unknown, CompiledKind> | undefined
  readonly related: readonly CompiledRelated[]
}

export interface CompiledKind {
  readonly entity: MappedEntity
  readonly instanceClass: InstanceClass
  readonly names: readonly string[]
  readonly offsets: readonly number[]
  readonly slots: readonly number[]
  /** Columns that go through a codec: places in the three lists above. */
  readonly coded: readonly { readonly at: number; readonly type: ColumnType<unknown>; readonly where: string }[]
  /** Which of the read's joined relationships objects of this kind have. */
  readonly related: readonly number[]
  /** Their slots, and those of relationships that are never loaded: known as soon as the rows are read. */
  readonly relatedSlots: readonly number[]
  readonly empty: readonly string[]
  /** Dynamic and write-only relationships. */
  readonly handles: readonly MappedRelationship[]
  /** Relationships that a load of everything anew leaves to be asked for again. */
  readonly lazy: readonly number[]
  /** By session, the context that objects of small reads share. */
  readonly shared: WeakMap<SessionState, LoadContext>
}

export interface CompiledRelated { readonly name: string; readonly uselist: boolean; readonly key: string; readonly conditional: boolean; readonly read: CompiledRead }

const compiledReads = new WeakMap<EntityRead, CompiledRead>()

/** The compiled form of a read. */
export const compiledRead = (mapping: Mapping, read: EntityRead): CompiledRead => {
  const known = compiledReads.get(read)
  if (known !== undefined) return known
  const root = entityNamed(mapping, read.entity)
  const kinds = read.kinds.map((kind) => compileKind(mapping, read, kind))
  const keyTypes = root.primaryKey.map((name) => { const type = root.attribute[name]?.descriptor.type; return type === undefined || type.plain ? undefined : type })
  const made: CompiledRead = {
    read, root, keyOffsets: read.key, keyTypes: keyTypes.some((type) => type !== undefined) ? keyTypes : undefined, kinds,
    kindOf: read.discriminator === undefined ? undefined : new Map(kinds.filter((kind) => kind.entity.inheritance.identity !== undefined).map((kind) => [kind.entity.inheritance.identity, kind])),
    related: read.related.map((related) => {
      const relationship = relationshipOf(mapping, related.of, related.name)
      return { name: related.name, uselist: relationship.uselist, key: relationship.key, conditional: related.conditional === true && relationship.uselist, read: compiledRead(mapping, related.read) }
    }),
  }
  compiledReads.set(read, made)
  return made
}

const compileKind = (mapping: Mapping, read: EntityRead, kind: EntityRead['kinds'][number]): CompiledKind => {
  const entity = entityNamed(mapping, kind.entity)
  const columns = kind.columns.flatMap(({ attribute, offset }) => { const found = entity.attribute[attribute]; return found === undefined ? [] : [{ found, offset }] })
  const has = ({ of }: { readonly of: string }): boolean => entity.inheritance.line.includes(of) || entity.name === of
  const related = read.related.flatMap((each, index) => (has(each) ? [index] : []))
  const empty = read.empty.filter(has).map(({ name }) => name)
  const slotOf = (name: string): number => entity.slot[name] ?? 0
  const known = new Set([...related.map((index) => read.related[index]?.name ?? ''), ...empty, ...[...read.followUps, ...read.stopped].filter(has).map(({ name }) => name)])
  return {
    entity, instanceClass: instanceClassOf(mapping, entity),
    shared: new WeakMap(),
    names: columns.map(({ found }) => found.name), offsets: columns.map(({ offset }) => offset), slots: columns.map(({ found }) => found.slot),
    coded: columns.flatMap(({ found }, at) => (found.descriptor.type.plain ? [] : [{ at, type: found.descriptor.type, where: `${entity.name}.${found.name}` }])),
    related, empty, handles: entity.relationships.filter(({ lazy }) => lazy === 'dynamic' || lazy === 'write_only'),
    relatedSlots: [...related.map((index) => slotOf(read.related[index]?.name ?? '')), ...empty.map(slotOf)],
    lazy: entity.relationships.filter(({ name }) => !known.has(name)).map(({ slot }) => slot),
  }
}

const entityNamed = (mapping: Mapping, name: string): MappedEntity => {
  const entity = mapping.entities[name]
  if (entity === undefined) throw new Error(`the plan names '${name}', which this mapping does not have: it was made from another`)
  return entity
}

/** The relationship that a plan names. */
export const relationshipOf = (mapping: Mapping, entity: string, name: string): MappedEntity['relationships'][number] => {
  const relationship = entityNamed(mapping, entity).relationship[name]
  if (relationship === undefined) throw new Error(`the plan names '${entity}.${name}', which this mapping does not have: it was made from another`)
  return relationship
}
