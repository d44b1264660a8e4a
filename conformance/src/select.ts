// The selects of a case as descriptors.

import type { Mapping, QueryJoin, SelectDescriptor } from '@relata/core'
import type { CaseStep, Json } from './case.js'
import { isRecord, listOf, textOf } from './json.js'
import { entityNamed, loaderOption, queryNode, queryOrder, relationshipRef, type Names } from './query-expression.js'

export const selectOf = (mapping: Mapping, step: CaseStep, object: Names['object']): SelectDescriptor => {
  const entity = textOf(step['select'])
  const source = typeof step['alias'] === 'string' ? step['alias'] : entity
  const aliases = new Map<string, string>([[source, entity]])
  const names: Names = { mapping, aliases, object }
  const joins = (step['join'] === undefined ? [] : listOf(step['join'])).map((join) => joinOf(names, aliases, join))
  return {
    _tag: 'select',
    result: { _tag: 'entity', entity, source },
    from: [{ _tag: 'entity', entity, source }],
    joins,
    where: step['where'] === undefined ? [] : [queryNode(names, step['where'])],
    groupBy: [], having: [],
    orderBy: step['orderBy'] === undefined ? [] : listOf(step['orderBy']).map((item) => queryOrder(names, item)),
    ...(step['limit'] !== undefined && { limit: Number(step['limit']) }),
    ...(step['offset'] !== undefined && { offset: Number(step['offset']) }),
    distinct: step['distinct'] === true,
    correlate: [], ctes: [], setOperations: [],
    options: optionsOf(names, step['options']),
    populateExisting: step['populateExisting'] === true,
    ...(typeof step['autoflush'] === 'boolean' && { autoflush: step['autoflush'] }),
  }
}

export const optionsOf = (names: Names, options: Json | undefined) => (options === undefined ? [] : listOf(options).map((option) => loaderOption(names, option)))

const joinOf = (names: Names, aliases: Map<string, string>, join: Json): QueryJoin => {
  if (!isRecord(join)) throw new Error('a join is a record')
  const { ref, where } = relationshipRef(names, join['rel'] ?? null)
  const target = typeof join['target'] === 'string' ? join['target'] : ref.ofType?.entity ?? targetOf(names, ref.source, ref.name)
  const source = typeof join['as'] === 'string' ? join['as'] : ref.ofType?.source ?? target
  if (!aliases.has(source)) aliases.set(source, target)
  const relationship = ref.ofType === undefined && target !== targetOf(names, ref.source, ref.name) ? { ...ref, ofType: { entity: target, source } } : ref
  return { kind: join['outer'] === true ? 'left' : 'inner', to: { _tag: 'relationship', relationship, source, ...(where !== undefined && { where }) } }
}

const targetOf = (names: Names, source: string, name: string): string => {
  const target = entityNamed(names, source).relationship[name]?.target
  if (target === undefined) throw new Error(`no relationship ${name} on ${source}`)
  return target
}
