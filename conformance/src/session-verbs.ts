// The verbs of a script by the public API of the session; nothing here reaches behind it.

import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import type { DynamicHandle, DynamicModel, DynamicRegistry, DynamicRelationship, Mapping, New, Query, Tracked, Unchecked } from '@relata/core'
import * as session from '@relata/session'
import type { Db, HasSession } from '@relata/session'
import type { CaseVerbs } from './verbs.js'
import { collectionStep } from './collection-step.js'
import { quoted } from './quoted.js'

type Dynamic = New<DynamicModel, string>
type Part = Parameters<typeof session.isLoaded>[0]

/** The verbs over a session that a `run` gave. */
export const sessionVerbs = (registry: DynamicRegistry, mapping: Mapping, env: HasSession, dialect: string): CaseVerbs => {
  const run = async <A>(program: Db<A>): Promise<A> => {
    const result = await program(env)()
    if (E.isLeft(result)) throw new session.RelataError(result.left)
    return result.right
  }
  const handleOf = (object: object): DynamicHandle => handle(registry, session.entityNameOf(object))
  const part = (object: object, name: string): Part => partOf(handleOf(object), name)
  const relationshipNamed = (object: object, name: string) => part(object, name) as DynamicRelationship
  const tracked = (object: object) => object as Tracked<Unchecked, Unchecked, Unchecked> & Dynamic // an instance, whose type only run time knows
  return {
    isInstance: (value): value is object => session.isInstance(value),
    entityOf: session.entityNameOf,
    labelOf: async (object) => {
      const label = part(object, 'label')
      if (session.isLoaded(label)(object)) return shown(object, 'label')
      if (session.stateOf(object) !== 'persistent') return shown(object, 'label')
      const entity = mapping.entities[session.entityNameOf(object)]
      const attribute = entity?.attribute['label']
      const identity = session.identityOf(object)
      if (entity === undefined || attribute === undefined || identity === undefined) return shown(object, 'label')
      const name = quoted(dialect)
      const keys = mapping.tables[attribute.table]?.primaryKey ?? []
      const where = keys.map((key, index) => `${name(key)} = ${literal(identity[index])}`).join(' and ')
      const found = await session.sql(`select ${name(attribute.databaseName)} from ${name(attribute.table)} where ${where}`)(env)()
      return E.isLeft(found) ? shown(object, 'label') : found.right[0]?.[0]
    },
    create: (entity) => session.create(handle(registry, entity), {}),
    set: (object, name, value) => { session.set(handleOf(object), { [name]: value })(tracked(object)) },
    unset: (object, name) => { session.unset(handleOf(object), name)(tracked(object)) },
    append: (object, name, member) => { session.append(relationshipNamed(object, name), member as Dynamic)(tracked(object)) },
    remove: (object, name, member) => { session.remove(relationshipNamed(object, name), member as Dynamic)(tracked(object)) },
    edit: (object, name, { how, at, count, value }) => {
      const change = { how, at, key: at, count, value, values: value }
      session.edit(relationshipNamed(object, name), change as Parameters<typeof session.edit>[1])(tracked(object))
    },
    load: async (object, name) => { await run(session.load(part(object, name) as DynamicRelationship)(tracked(object))) },
    loadOld: async (object, name) => { await run(session.loadOld(part(object, name))(object)) },
    get: async (entity, key, options) => {
      const primaryKey = mapping.entities[entity]?.primaryKey ?? []
      const given = primaryKey.length === 1 ? key[0] : Object.fromEntries(primaryKey.map((name, index) => [name, key[index]]))
      return O.toNullable(await run(session.get(handle(registry, entity), given, { ...options, options: options.options as readonly never[] /* recorded, so that no loader made them */ })))
    },
    all: (query) => run(session.all(query as Query<DynamicModel, string, {}, string>)),
    one: (query) => run(session.one(query as Query<DynamicModel, string, {}, string>)),
    add: (object) => run(session.add(tracked(object))),
    destroy: (object) => run(session.destroy(tracked(object))),
    expunge: (object) => run(session.expunge(tracked(object))),
    expungeAll: () => run(session.expungeAll),
    expire: async (object, attributes = []) => { await run(session.expire(handleOf(object), ...attributes)(tracked(object))) },
    expireAll: () => run(session.expireAll),
    refresh: async (object, attributes = []) => { await run(session.refresh(handleOf(object), ...attributes)(tracked(object))) },
    merge: (object, load) => run(session.merge(tracked(object), { load })),
    flush: () => run(session.flush),
    commit: () => run(session.commit),
    rollback: () => run(session.rollback),
    savepoint: () => run(session.beginSavepoint),
    releaseSavepoint: () => run(session.releaseSavepoint),
    rollbackSavepoint: () => run(session.rollbackToSavepoint),
    close: () => run(session.close),
    sql: async (text) => { await run(session.sql(text)) },
    collection: (object, name, step) => {
      const target = mapping.entities[mapping.entities[session.entityNameOf(object)]?.relationship[name]?.target ?? '']
      if (target === undefined) throw new Error(`no relationship ${name}`)
      return collectionStep(target, shown(object, name), step, run)
    },
    isLoaded: (object, name) => session.isLoaded(part(object, name))(object),
    isModified: (object) => session.isModified(object),
    stateOf: session.stateOf,
    contains: (object) => run(session.contains(object)),
    history: async (object, name) => session.history(part(object, name))(object),
    changes: async () => {
      const { new: added, dirty, deleted } = await run(session.changes)
      return { added, dirty, deleted }
    },
  }
}

const handle = (registry: DynamicRegistry, entity: string): DynamicHandle => {
  const found = registry.entity(entity)
  if (O.isNone(found)) throw new Error(`no entity ${entity}`)
  return found.value
}

const partOf = (of: DynamicHandle, name: string): Part => {
  const found = of[name]
  if (found === undefined) throw new Error(`no attribute ${name}`)
  return found as Part // both kinds of part have a name
}

const shown = (object: object, name: string): unknown => Object.getOwnPropertyDescriptor(object, name)?.value

const literal = (value: unknown): string => (typeof value === 'number' || typeof value === 'bigint' ? String(value) : `'${String(value).replaceAll("'", "''")}'`)
