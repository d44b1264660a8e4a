// Steps on write-only and dynamic collections.

import type { DeleteDescriptor, InsertDescriptor, MappedEntity, SelectDescriptor, UpdateDescriptor } from '@relata/core'
import { all, execute, RelataError, type Db } from '@relata/session'
import type { CollectionStep } from './verbs.js'

/** What such an attribute holds. */
interface Handle {
  readonly select: SelectDescriptor
  readonly delete: DeleteDescriptor
  insert(rows: readonly Readonly<Record<string, unknown>>[]): InsertDescriptor
  update(values: Readonly<Record<string, unknown>>): UpdateDescriptor
  add(...members: readonly unknown[]): void
  remove(...members: readonly unknown[]): void
}

/** What a step does with the handle that such an attribute holds; queries and statements are the ones it gives, narrowed by the step. */
export const collectionStep = async (target: MappedEntity, collection: unknown, step: CollectionStep, run: <A>(program: Db<A>) => Promise<A>): Promise<unknown> => {
  const handle = collection as Handle // the case says that the attribute is one
  const narrowed = <Q extends { readonly where: SelectDescriptor['where'] }>(query: Q): Q => (step.where === undefined ? query : { ...query, where: [...query.where, step.where] })
  const query = (more: Partial<SelectDescriptor>) => ({ ...narrowed(handle.select), ...more }) as unknown as Parameters<typeof all>[0] // its type is known at run time only
  const statement = (write: InsertDescriptor | UpdateDescriptor | DeleteDescriptor) => write as Parameters<typeof execute>[0] // likewise
  switch (step.how) {
    case 'add': handle.add(step.value); return undefined
    case 'remove': handle.remove(step.value); return undefined
    case 'addAll': handle.add(...(step.value as readonly unknown[])); return undefined
    case 'all': return run(all(query(step.orderBy.length === 0 ? {} : { orderBy: step.orderBy })))
    case 'count': {
      const [name = ''] = target.primaryKey
      const n = { _tag: 'function', name: 'count', args: [{ _tag: 'attribute', source: target.name, entity: target.name, name }] } as const
      const [row] = (await run(all(query({ result: { _tag: 'fields', fields: { n } }, orderBy: [] })))) as readonly Readonly<Record<string, unknown>>[]
      return Number(row?.['n'])
    }
    case 'insert': await run(execute(statement(handle.insert(step.rows)))); return undefined
    case 'update': await run(execute(statement(narrowed(handle.update(step.values))))); return undefined
    case 'delete': await run(execute(statement(narrowed(handle.delete)))); return undefined
    default: throw new RelataError({ _tag: 'QueryRefused', code: 'not-supported', message: `collection ${step.how}` })
  }
}
