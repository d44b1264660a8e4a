// What it costs to configure a registry, by its size: the time should grow as the number of relationships does.

import * as E from 'fp-ts/lib/Either.js'
import { column, configure, dynamicRegistry, entity, integer, relationship, table, text, type AnyEntity } from '@relata/core'
import { median, once, type Measured } from './measure.js'

/** Entities in rings of five: each refers to the next one, has the collection of the one before, and two more references. */
const registryOf = (size: number) => {
  const name = (index: number): string => `Entity${index % size}`
  const tableName = (index: number): string => `entities_${index % size}`
  const entities: Record<string, AnyEntity> = {}
  for (let i = 0; i < size; i++) {
    const own = table(tableName(i), {
      id: column(integer, { primaryKey: true }),
      label: column(text),
      nextId: column(integer, { name: 'next_id', references: `${tableName(i + 1)}.id`, nullable: true }),
      otherId: column(integer, { name: 'other_id', references: `${tableName(i + 2)}.id`, nullable: true }),
    })
    entities[name(i)] = entity(own, {
      next: relationship(name(i + 1), { backPopulates: 'previous' }),
      previous: relationship(name(i + size - 1), { backPopulates: 'next' }),
      other: relationship(name(i + 2), { backref: 'others' }),
    })
  }
  return dynamicRegistry(entities)
}

const time = async (size: number): Promise<number> => {
  const registry = registryOf(size)
  const times: number[] = []
  for (let round = 0; round < 5; round++) {
    times.push(await once({
      run: async () => {
        const mapping = configure(registry)
        if (E.isLeft(mapping)) throw new Error(mapping.left[0].message)
      },
    }))
  }
  return median(times)
}

const configuring = async (): Promise<readonly Measured[]> => {
  await time(100)
  const [small, large] = [await time(100), await time(500)]
  return [
    { name: 'configure 500 entities with 2,000 relationships', milliseconds: large, limit: 1000 },
    { name: 'the same, against five times 100 entities with 400', floor: small * 5, ours: large, limit: 1.5 },
  ]
}

export const configureBenchmarks: readonly (() => Promise<Measured | readonly Measured[]>)[] = [configuring]
