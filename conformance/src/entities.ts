// The entities of a case, made with the builders: each option of a relationship under its own name.

import { asc, backref, desc, dynamicRegistry, entity, expr, relationship, type AnyEntity, type AnyTable, type Backref, type EntityArguments, type Relationship, type RelationshipArguments } from '@relata/core'
import type { Case, CaseEntity, CaseRelationship, Json } from './case.js'
import { listOf, textOf } from './json.js'
import { mappingNode, mappingOrder } from './join-expression.js'

type Tables = Readonly<Record<string, AnyTable>>

export const registryOf = (of: Case, tables: Tables) =>
  dynamicRegistry(Object.fromEntries(Object.entries(of.entities).map(([name, description]) => [name, entityOf(description, tableName(of, description), tables)])), { tables: Object.values(tables) })

/** The table of an entity, or of the nearest one above that has one. */
const tableName = (of: Case, { table, inherits }: CaseEntity): string => {
  const parent = inherits === undefined ? undefined : of.entities[inherits]
  return table ?? (parent === undefined ? '' : tableName(of, parent))
}

const entityOf = (description: CaseEntity, name: string, tables: Tables): AnyEntity => {
  const table = tables[name]
  if (table === undefined) throw new Error(`no table ${name}`)
  const options: EntityArguments = {
    ...(description.properties !== undefined && { attributes: Object.fromEntries(Object.entries(description.properties).map(([attribute, [, column]]) => [attribute, column])) }),
    ...(description.include !== undefined && { include: description.include }),
    ...(description.exclude !== undefined && { exclude: description.exclude }),
    ...(description.inherits !== undefined && { inherits: description.inherits }),
    ...(description.inheritCondition !== undefined && { inheritCondition: condition(description.inheritCondition) }),
    ...(description.concrete !== undefined && { concrete: description.concrete }),
    ...(description.polymorphicOn !== undefined && { polymorphicOn: description.polymorphicOn }),
    ...(description.polymorphicIdentity !== undefined && { identity: description.polymorphicIdentity }),
    ...(description.withPolymorphic !== undefined && { withPolymorphic: typeof description.withPolymorphic === 'string' ? '*' as const : description.withPolymorphic }),
    ...(description.versionId !== undefined && { version: description.versionId }),
    ...(description.confirmDeletedRows !== undefined && { confirmDeletedRows: description.confirmDeletedRows }),
    ...(description.passiveUpdates !== undefined && { passiveUpdates: description.passiveUpdates }),
  }
  const relationships: Record<string, Relationship<string, RelationshipArguments>> = {}
  for (const [name, given] of Object.entries(description.relationships ?? {})) {
    const { target, ...rest } = given
    relationships[name] = relationship(target, optionsOf(rest, tables))
  }
  return entity(table, relationships, options)
}

type Translate = (value: Json, tables: Tables) => unknown

const asIs: Translate = (value) => value
const condition = (value: Json) => expr<boolean | null, string>(mappingNode(value))
const nodes: Translate = (value) => listOf(value).map(condition)

/** How each option of a case reads; an option that is not here crashes the case. */
const options: Readonly<Record<keyof RelationshipArguments & string, Translate>> = {
  secondary: (value, tables) => tables[textOf(value)] ?? value,
  primaryjoin: condition,
  secondaryjoin: condition,
  foreignKeys: nodes,
  remoteSide: nodes,
  orderBy: (value) => listOf(value).map((item) => {
    const { arg, direction } = mappingOrder(item)
    return direction === 'desc' ? desc(expr(arg)) : asc(expr(arg))
  }),
  backref: (value, tables) => backrefOf(value, tables),
  lazy: (value) => synonyms.has(textOf(value)) ? synonyms.get(textOf(value)) : value,
  uselist: asIs, collectionClass: asIs, backPopulates: asIs, overlaps: asIs, postUpdate: asIs, cascade: asIs, cascadeBackrefs: asIs,
  viewonly: asIs, passiveDeletes: asIs, passiveUpdates: asIs, activeHistory: asIs, enableTypechecks: asIs, joinDepth: asIs,
  comparatorFactory: asIs, singleParent: asIs, innerjoin: asIs, distinctTargetKey: asIs, loadOnPending: asIs, queryClass: asIs,
  info: asIs, doc: asIs, omitJoin: asIs, syncBackref: asIs, init: asIs, repr: asIs, default: asIs, defaultFactory: asIs,
  compare: asIs, kwOnly: asIs,
}

const synonyms: ReadonlyMap<string, boolean | null> = new Map([['true', true], ['false', false], ['none', null]])

const optionsOf = (given: Readonly<Record<string, Json>>, tables: Tables): RelationshipArguments =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => {
    const translate = Object.hasOwn(options, name) ? options[name as keyof RelationshipArguments & string] : undefined
    if (translate === undefined) throw new Error(`unknown option ${name}`)
    return [name, translate(value, tables)]
  }))

const backrefOf = (value: Json, tables: Tables): string | Backref<string, RelationshipArguments> => {
  if (typeof value === 'string') return value
  const { name, ...rest } = value as { readonly name: string } & Omit<CaseRelationship, 'target'>
  return backref(name, optionsOf(rest, tables))
}
