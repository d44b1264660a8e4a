// From what builders take to what `configure` reads: typed expressions become nodes.

import { isExpr } from '../expression/expr.js'
import type { MappingNode } from '../expression/node.js'
import { mappingNode } from '../expression/mapping-node.js'
import { isOrder } from '../expression/ordering.js'
import { entriesOf, record } from '../schema/record.js'
import type { AnyTable } from '../schema/table.js'
import type { AnyEntity, Entity, EntityArguments } from './entity.js'
import type { EntityDescriptor, EntityOptions } from './entity-descriptor.js'
import { tablesOf } from './selectable.js'
import type { TableJoin } from './selectable.js'
import type { Backref, Relationship, RelationshipArguments } from './relationship.js'

/** An entity as data. What is not of the right form is kept as it is: `configure` reports it. */
export function entityDescriptor(entity: AnyEntity): EntityDescriptor
export function entityDescriptor(entity: AnyEntity): object {
  const given = entity as GivenEntity | null | undefined // `entity` makes no others, callers without a compiler anything
  const join = isJoin(given?.table) ? given.table : undefined
  return Object.freeze({
    table: join === undefined ? given?.table : tablesOf(join)[0],
    ...(join === undefined ? {} : { join }),
    relationships: record(Array.from(entriesOf(given?.relationships), ([name, relationship]) => [name, relationshipDescriptor(relationship)] as const)),
    options: entityOptions(given?.options ?? {}),
  })
}

const isJoin = (table: AnyTable | TableJoin | undefined): table is TableJoin => typeof table === 'object' && table._tag === 'TableJoin'

type GivenEntity = Entity<AnyTable | TableJoin, Readonly<Record<string, Relationship<string, RelationshipArguments>>>, EntityArguments>

function entityOptions({ inheritCondition, ...options }: EntityArguments): EntityOptions {
  return Object.freeze(inheritCondition === undefined ? { ...options } : { ...options, inheritCondition: nodesIn(inheritCondition) as MappingNode }) // configure looks
}

function relationshipDescriptor(relationship: Relationship<string, RelationshipArguments> | null | undefined): unknown {
  return typeof relationship === 'object' && relationship !== null
    ? Object.freeze({ ...relationship, options: relationshipOptions(relationship.options) })
    : relationship
}

/** The parameters that hold expressions, or functions that give some. */
const expressionParameters = ['primaryjoin', 'secondaryjoin', 'foreignKeys', 'remoteSide', 'orderBy'] as const

function relationshipOptions(options: RelationshipArguments): object {
  const copy: Record<string, unknown> = { ...options }
  for (const name of expressionParameters) {
    if (copy[name] !== undefined) copy[name] = whenCalled(copy[name], nodesIn)
  }
  if (isBackref(copy['backref'])) copy['backref'] = Object.freeze({ ...copy['backref'], options: relationshipOptions(copy['backref'].options) })
  return Object.freeze(copy)
}

/** Applies `f` to an argument, or to what the argument gives once it is called. */
function whenCalled(argument: unknown, f: (argument: unknown) => unknown): unknown {
  return isThunk(argument) ? () => f(argument()) : f(argument)
}

function isThunk(argument: unknown): argument is () => unknown {
  return typeof argument === 'function'
}

function nodesIn(argument: unknown): unknown {
  if (Array.isArray(argument)) return Object.freeze(argument.map(nodesIn))
  if (isExpr(argument)) return mappingNode(argument)
  return isOrder(argument) ? Object.freeze({ ...argument, arg: nodesIn(argument.arg) }) : argument
}

function isBackref(x: unknown): x is Backref<string, RelationshipArguments> {
  return typeof x === 'object' && x !== null && '_tag' in x && x._tag === 'Backref'
}
