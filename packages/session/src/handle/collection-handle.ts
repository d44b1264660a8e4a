// What a write-only or dynamic relationship shows on an object: never its members, but the queries and statements for them.

import type { DeleteDescriptor, InsertDescriptor, JoinNode, MappedRelationship, Mapping, QueryLeaf, QueryNode, SelectDescriptor, UpdateDescriptor } from '@relata/core'
import { mapLeaves, operand } from '@relata/core'
import { checkIncoming, checkSubject, memberFrom } from '../change/check.js'
import { appending, removing } from '../change/initiator.js'
import { appendMember, dropMember } from '../change/relationship-change.js'
import { fail } from '../relata-error.js'
import { attributeAt } from '../state/entity-index.js'
import type { Instance } from '../state/instance.js'

/** Queries as dynamic handles give them, before anything narrows them, by the object whose members they are. */
const everyMember = new WeakMap<object, Instance>()

/** The object whose members, all of them, a query of a dynamic handle gives. */
export const ownerOfEvery = (query: object): Instance | undefined => everyMember.get(query)

/** A class, so that a spread or a JSON text of its owner has nothing of it. */
export class CollectionHandle {
  readonly #mapping: Mapping
  readonly #owner: Instance
  readonly #relationship: MappedRelationship

  constructor(mapping: Mapping, owner: Instance, relationship: MappedRelationship) {
    this.#mapping = mapping
    this.#owner = owner
    this.#relationship = relationship
    if (relationship.queryClass !== undefined) this.#extend(relationship.queryClass(this.select as never /* what it takes is made here alone */))
  }

  /** The members, to be narrowed and run like any query; in the relationship's order. */
  get select(): SelectDescriptor {
    const { target } = this.#relationship
    const query: SelectDescriptor = {
      _tag: 'select', result: { _tag: 'entity', entity: target, source: target }, from: [{ _tag: 'entity', entity: target, source: target }],
      joins: [], where: [this.#membership()], groupBy: [], having: [], orderBy: ownOrder(this.#relationship), distinct: false,
      correlate: [], ctes: [], setOperations: [], options: [], populateExisting: false,
    }
    if (this.#relationship.lazy === 'dynamic') everyMember.set(query, this.#owner)
    return Object.freeze(query)
  }

  /** A statement that inserts rows as members. Refused through a secondary, whose rows it would not write. */
  insert(rows: readonly Readonly<Record<string, unknown>>[]): InsertDescriptor {
    const { key, target, secondary, synchronizePairs } = this.#relationship
    if (secondary !== undefined) fail({ _tag: 'QueryRefused', code: 'invalid-request', message: `'${key}' goes through a secondary, so that inserting rows of ${target} makes no members`, hint: 'create objects and add them' })
    const entity = this.#mapping.entities[target]
    const parent = Object.fromEntries(synchronizePairs.map(({ source, destination }): readonly [string, QueryNode] =>
      [(entity === undefined ? undefined : attributeAt(entity, destination)?.name) ?? destination.column, { _tag: 'objectValue', object: this.#owner, table: source.table, column: source.column }]))
    return Object.freeze({ _tag: 'insert', entity: target, rows: rows.map((row) => ({ ...nodes(row), ...parent })), returning: [] })
  }

  /** A statement that sets columns of the members. */
  update(values: Readonly<Record<string, unknown>>): UpdateDescriptor {
    const { target } = this.#relationship
    return Object.freeze({ _tag: 'update', entity: target, source: target, set: nodes(values), where: [this.#membership()], returning: [], synchronize: 'auto' })
  }

  /** A statement that deletes the members. */
  get delete(): DeleteDescriptor {
    const { target } = this.#relationship
    return Object.freeze({ _tag: 'delete', entity: target, source: target, where: [this.#membership()], returning: [], synchronize: 'auto' })
  }

  /** Adds members; the next flush writes them. */
  add(...members: readonly unknown[]): void {
    const state = checkSubject(this.#owner, this.#relationship.entity, 'add')
    const incoming = members.map((member) => memberFrom(this.#relationship, member))
    for (const member of incoming) checkIncoming(state, this.#relationship, member)
    for (const member of incoming) appendMember(state, this.#relationship, member, appending(this.#relationship))
  }

  /** Takes members out; the next flush writes it. */
  remove(...members: readonly unknown[]): void {
    const state = checkSubject(this.#owner, this.#relationship.entity, 'remove')
    for (const member of members.map((each) => memberFrom(this.#relationship, each))) dropMember(state, this.#relationship, member, removing(this.#relationship))
  }

  toJSON(): undefined {
    return undefined
  }

  /** What the relationship's queryClass makes stands beside what every handle has; its `select` in the place of that. */
  #extend(members: unknown): void {
    const { key } = this.#relationship
    if (typeof members !== 'object' || members === null) return fail({ _tag: 'QueryRefused', code: 'argument', message: `the queryClass of '${key}' gives no record`, hint: 'let it give queries, or functions that give some, by name' })
    for (const [name, value] of Object.entries(members)) {
      if (name in this && name !== 'select') fail({ _tag: 'QueryRefused', code: 'argument', message: `the queryClass of '${key}' gives '${name}', which its handle has already`, hint: 'give it another name' })
      Object.defineProperty(this, name, { value })
    }
  }

  #membership(): QueryNode {
    const { target, entity, name } = this.#relationship
    return { _tag: 'memberOf', source: target, relationship: { entity, name }, object: this.#owner }
  }
}

const nodes = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, QueryNode>> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, operand(value)]))

/** The relationship's order as a query says it, as far as it is by columns of the target. */
const ownOrder = ({ orderBy }: MappedRelationship): SelectDescriptor['orderBy'] =>
  orderBy.filter(({ arg }) => reads(arg, 'target')).map((ordering) => ({
    ...ordering,
    arg: mapLeaves<JoinLeafOf, QueryLeaf>(ordering.arg, (leaf) => (leaf._tag === 'joinColumn' ? { _tag: 'tableColumn', table: leaf.table, column: leaf.column } : leaf)),
  }))

type JoinLeafOf = Extract<JoinNode, { readonly _tag: 'joinColumn' | 'literal' | 'null' }>

const reads = (node: JoinNode, from: 'target'): boolean => {
  let all = true
  mapLeaves<JoinLeafOf, JoinLeafOf>(node, (leaf) => {
    if (leaf._tag === 'joinColumn' && leaf.from !== from) all = false
    return leaf
  })
  return all
}
