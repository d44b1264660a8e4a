// The attributes and relationships that an entity's handle has: its own, those it inherits, and those that back references make.

import type { EntityDescriptor } from '../mapping/entity-descriptor.js'
import type { RegistryDescriptor } from '../mapping/registry-descriptor.js'
import type { BackrefDescriptor, RelationshipDescriptor, RelationshipOptions } from '../mapping/relationship-descriptor.js'
import { tablesOf } from '../mapping/selectable.js'
import { entriesOf } from '../schema/record.js'
import type { TableDescriptor } from '../schema/table-descriptor.js'

export interface HandleShape {
  readonly attributes: readonly string[]
  /** Further names of attributes. */
  readonly synonyms: ReadonlyMap<string, string>
  readonly relationships: ReadonlyMap<string, RelationshipShape>
}

export interface RelationshipShape {
  /** One that a function gives is asked for when it is needed. */
  readonly target: Target
  readonly comparatorFactory?: RelationshipOptions['comparatorFactory']
}

export type Target = RelationshipDescriptor['target']

const shapes = new WeakMap<RegistryDescriptor['descriptors'], ReadonlyMap<string, HandleShape>>()

const nothing: HandleShape = { attributes: [], synonyms: new Map(), relationships: new Map() }

/** The shape of an entity's handle. A registry's are computed together, once, in time linear in its size. */
export const shapeOf = ({ descriptors }: RegistryDescriptor, entity: string): HandleShape => {
  let known = shapes.get(descriptors)
  if (known === undefined) {
    known = shapesOf(descriptors)
    shapes.set(descriptors, known)
  }
  return known.get(entity) ?? nothing
}

function shapesOf(descriptors: RegistryDescriptor['descriptors']): ReadonlyMap<string, HandleShape> {
  const received = receivedRelationships(descriptors)
  const own = new Map(
    Object.entries(descriptors).map(([name, descriptor]) => {
      const declared = Array.from(entriesOf(descriptor.relationships), ([attribute, relationship]) => [attribute, shapeIn(targetIn(relationship), relationship?.options)] as const)
      return [name, { attributes: ownAttributes(descriptor), synonyms: Object.entries(descriptor.options.synonyms ?? {}), relationships: [...declared, ...(received.get(name) ?? [])], inherits: descriptor.options.inherits }]
    }),
  )
  return new Map(
    [...own.keys()].map((name) => {
      const line = lineOf(name, (each) => own.get(each)?.inherits).flatMap((each) => own.get(each) ?? [])
      return [
        name,
        {
          attributes: [...new Set(line.flatMap((each) => each.attributes))],
          synonyms: new Map(line.flatMap((each) => each.synonyms)),
          relationships: new Map(line.flatMap((each) => each.relationships)),
        },
      ]
    }),
  )
}

/** Root first; a circle of inheritance, which `configure` reports, ends where it closes. */
function lineOf(name: string, parentOf: (name: string) => string | undefined): readonly string[] {
  const line = new Set<string>()
  for (let each: string | undefined = name; each !== undefined && !line.has(each); each = parentOf(each)) line.add(each)
  return [...line].toReversed()
}

function ownAttributes({ table, join, options }: EntityDescriptor): readonly string[] {
  const attributeOf = new Map(Object.entries(options.attributes ?? {}).map(([attribute, column]) => [column, attribute]))
  const included = options.include === undefined ? undefined : new Set(options.include)
  const excluded = new Set(options.exclude)
  const columns = (join === undefined ? [table] : tablesOf(join)).flatMap((each) => Array.from(entriesOf(columnsOf(each)), ([column]) => column))
  return [...new Set(columns)]
    .filter((column) => included?.has(column) !== false && !excluded.has(column))
    .map((column) => attributeOf.get(column) ?? column)
}

/** The relationships that back references make, by the entity that gets them. */
function receivedRelationships(descriptors: RegistryDescriptor['descriptors']): ReadonlyMap<string, readonly (readonly [string, RelationshipShape])[]> {
  const received = new Map<string, (readonly [string, RelationshipShape])[]>()
  for (const [from, { relationships }] of Object.entries(descriptors)) {
    for (const [, relationship] of entriesOf(relationships)) {
      const name = backrefName(relationship)
      if (name === undefined) continue
      const entity = nameFrom(targetIn(relationship))
      const others = received.get(entity)
      const shape = shapeIn(from, backrefOptions(relationship))
      if (others === undefined) received.set(entity, [[name, shape]])
      else others.push([name, shape])
    }
  }
  return received
}

/** The name that a target is or gives; nothing's, where its function fails: `configure` calls it too and reports that. */
export const nameFrom = (target: Target): string => {
  try {
    const name: unknown = typeof target === 'function' ? target() : typeof target === 'object' ? target.entity : target
    return typeof name === 'string' ? name : ''
  } catch {
    return ''
  }
}

// Registries made by callers that no compiler checked hold anything; what is not of the right form `configure` reports.

function columnsOf(table: TableDescriptor | null | undefined): TableDescriptor['columns'] | null | undefined {
  return table?.columns
}

function targetIn(relationship: RelationshipDescriptor | null | undefined): Target {
  return relationship?.target ?? ''
}

function shapeIn(target: Target, options: Partial<RelationshipOptions> | null | undefined): RelationshipShape {
  const comparatorFactory = options?.comparatorFactory
  return typeof comparatorFactory === 'function' ? { target, comparatorFactory } : { target }
}

function backrefOptions(relationship: RelationshipDescriptor | null | undefined): Partial<RelationshipOptions> | undefined {
  const backref: string | Partial<BackrefDescriptor> | undefined = relationship?.options?.backref
  return typeof backref === 'object' ? backref.options : undefined
}

function backrefName(relationship: RelationshipDescriptor | null | undefined): string | undefined {
  const backref: string | Partial<BackrefDescriptor> | undefined = relationship?.options?.backref
  return typeof backref === 'object' ? backref.name : backref
}
