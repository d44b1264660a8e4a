// The steps of a script, one function each: it does what the step says and gives what it prints.

import type { CaseStep, Json } from './case.js'
import { isRecord, listOf, recordOf, textOf } from './json.js'
import { dump, walk, walkToObject, type Script } from './objects.js'
import { queryNode, queryOrder, refOf, type Names } from './query-expression.js'
import { optionsOf, selectOf } from './select.js'
import { printValue } from './value-printer.js'

/** What the step prints, or nothing. */
type StepValue = Promise<{ readonly value: unknown } | void>
type Step = (script: Script, step: CaseStep) => StepValue

export const steps: Readonly<Record<string, Step>> = {
  new: async (script, step) => {
    const object = script.verbs.create(textOf(step['entity']))
    script.names.set(textOf(step['new']), object)
    for (const [name, value] of Object.entries(recordOf(step['values'] ?? {}))) script.verbs.set(object, name, await given(script, value))
  },
  set: async (script, step) => {
    const [object, name] = await target(script, step['set'])
    const value = await given(script, step['value'])
    await script.verbs.loadOld(object, name)
    script.verbs.set(object, name, value)
  },
  append: async (script, step) => {
    const [object, name] = await target(script, step['append'])
    const value = await given(script, step['value'])
    await script.verbs.load(object, name)
    script.verbs.append(object, name, value)
  },
  remove: async (script, step) => {
    const [object, name] = await target(script, step['remove'])
    const value = await given(script, step['value'])
    await script.verbs.load(object, name)
    script.verbs.remove(object, name, value)
  },
  del: async (script, step) => {
    const [object, name] = await target(script, step['del'])
    await script.verbs.load(object, name)
    script.verbs.unset(object, name)
  },
  edit: async (script, step) => {
    const [object, name] = await target(script, step['edit'])
    const value = step['value'] === undefined ? undefined : await given(script, step['value'])
    await script.verbs.load(object, name)
    script.verbs.edit(object, name, { how: textOf(step['how']), at: step['at'], count: step['count'], value })
  },
  add: async (script, step) => {
    for (const path of Array.isArray(step['add']) ? step['add'] : [step['add']]) await script.verbs.add(await walkToObject(script, textOf(path)))
  },
  delete: async (script, step) => script.verbs.destroy(await walkToObject(script, textOf(step['delete']))),
  expunge: async (script, step) => script.verbs.expunge(await walkToObject(script, textOf(step['expunge']))),
  expire: async (script, step) => script.verbs.expire(await walkToObject(script, textOf(step['expire'])), namesOf(step['attributes'])),
  expireAll: (script) => script.verbs.expireAll(),
  refresh: async (script, step) => script.verbs.refresh(await walkToObject(script, textOf(step['refresh'])), namesOf(step['attributes'])),
  merge: async (script, step) => {
    const merged = await script.verbs.merge(await walkToObject(script, textOf(step['merge'])), step['load'] !== false)
    script.names.set(textOf(step['as']), merged)
    return { value: await printValue(script.objects, merged) }
  },
  flush: (script) => script.verbs.flush(),
  commit: (script, step) => (step['savepoint'] === true ? script.verbs.releaseSavepoint() : script.verbs.commit()),
  rollback: (script, step) => (step['savepoint'] === true ? script.verbs.rollbackSavepoint() : script.verbs.rollback()),
  savepoint: (script) => script.verbs.savepoint(),
  clear: (script) => script.verbs.expungeAll(),
  close: (script) => script.verbs.close(),
  get: async (script, step) => {
    const entity = textOf(step['get'])
    const names: Names = { mapping: script.mapping, aliases: new Map([[entity, entity]]), object: () => ({}) }
    const found = await script.verbs.get(entity, listOf(step['key']), { options: optionsOf(names, step['options']), populateExisting: step['populateExisting'] === true })
    script.names.set(textOf(step['as']), found)
    return { value: await printValue(script.objects, found) }
  },
  select: async (script, step) => {
    const references = await objectsIn(script, step)
    const descriptor = selectOf(script.mapping, step, (path) => references.get(path) ?? {})
    const found = step['one'] === true ? await script.verbs.one(descriptor) : await script.verbs.all(descriptor)
    script.names.set(textOf(step['as']), found)
    return { value: await printValue(script.objects, found, step['orderBy'] !== undefined) }
  },
  read: async (script, step) => ({ value: await printValue(script.objects, await walk(script, textOf(step['read'])), step['ordered'] === true) }),
  dump: async (script, step) => ({ value: await dump(script, await walk(script, textOf(step['dump'])), step['shape'], step['ordered'] === true) }),
  loaded: async (script, step) => ({ value: script.verbs.isLoaded(await walkToObject(script, textOf(step['loaded'])), textOf(step['attribute'])) }),
  history: async (script, step) => {
    const { added, unchanged, deleted } = await script.verbs.history(await walkToObject(script, textOf(step['history'])), textOf(step['attribute']))
    return { value: { added: await printValue(script.objects, added), unchanged: await printValue(script.objects, unchanged), deleted: await printValue(script.objects, deleted) } }
  },
  state: async (script, step) => ({ value: script.verbs.stateOf(await walkToObject(script, textOf(step['state']))) }),
  modified: async (script, step) => ({ value: script.verbs.isModified(await walkToObject(script, textOf(step['modified']))) }),
  contains: async (script, step) => ({ value: await script.verbs.contains(await walkToObject(script, textOf(step['contains']))) }),
  changes: async (script) => {
    const { added, dirty, deleted } = await script.verbs.changes()
    return { value: { new: await printValue(script.objects, added), dirty: await printValue(script.objects, dirty), deleted: await printValue(script.objects, deleted) } }
  },
  same: async (script, step) => {
    const [a, b] = listOf(step['same'])
    return { value: (await walk(script, textOf(a))) === (await walk(script, textOf(b))) }
  },
  sql: (script, step) => script.verbs.sql(textOf(step['sql'])),
  collection: async (script, step) => {
    const [object, name] = await target(script, step['collection'])
    const relationship = script.mapping.entities[script.verbs.entityOf(object)]?.relationship[name]
    if (relationship === undefined) throw new Error(`no relationship ${name}`)
    const names: Names = { mapping: script.mapping, aliases: new Map([[relationship.target, relationship.target]]), object: () => ({}) }
    const result = await script.verbs.collection(object, name, {
      how: textOf(step['how']),
      value: step['value'] === undefined ? undefined : await given(script, step['value']),
      ...(step['where'] !== undefined && { where: queryNode(names, step['where']) }),
      orderBy: step['orderBy'] === undefined ? [] : listOf(step['orderBy']).map((item) => queryOrder(names, item)),
      rows: step['rows'] === undefined ? [] : listOf(step['rows']).map(recordOf),
      values: recordOf(step['values'] ?? {}),
    })
    if (step['as'] !== undefined) script.names.set(textOf(step['as']), result)
    return result === undefined ? undefined : { value: await printValue(script.objects, result, step['orderBy'] !== undefined) }
  },
}

/** `[PATH, ATTR]`: the object that the path leads to, and the attribute. */
const target = async (script: Script, value: Json | undefined): Promise<readonly [object, string]> => {
  const [path, name] = listOf(value)
  return [await walkToObject(script, textOf(path)), textOf(name)]
}

/** A value of a script: references become objects. */
const given = async (script: Script, value: Json | undefined): Promise<unknown> => {
  if (Array.isArray(value)) {
    const items: unknown[] = []
    for (const item of value as readonly Json[]) items.push(await given(script, item))
    return items
  }
  if (isRecord(value)) return 'ref' in value ? walk(script, refOf(value)) : value
  return value
}

/** The objects that a step's expressions refer to, by path. */
const objectsIn = async (script: Script, value: Json): Promise<ReadonlyMap<string, object>> => {
  const found = new Map<string, object>()
  const visit = async (part: Json | undefined): Promise<void> => {
    if (Array.isArray(part)) for (const each of part as readonly Json[]) await visit(each)
    else if (isRecord(part)) {
      if (typeof part['ref'] === 'string') found.set(part['ref'], await walkToObject(script, part['ref']))
      else for (const each of Object.values(part)) await visit(each)
    }
  }
  await visit(value)
  return found
}

const namesOf = (value: Json | undefined): readonly string[] | undefined => (value === undefined ? undefined : listOf(value).map(textOf))
