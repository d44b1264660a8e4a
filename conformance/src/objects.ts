// The names and objects of a script: paths are walked as a program reads attributes, loading what is not loaded.

import type { Mapping } from '@relata/core'
import type { CaseVerbs } from './verbs.js'
import { parsePath } from './path.js'
import { inPrintedOrder, printValue, type Objects } from './value-printer.js'

export interface Script {
  readonly mapping: Mapping
  readonly verbs: CaseVerbs
  readonly names: Map<string, unknown>
  readonly objects: Objects
}

export const scriptOf = (mapping: Mapping, verbs: CaseVerbs): Script => {
  const names = new Map<string, unknown>()
  const entityOf = (object: object) => mapping.entities[verbs.entityOf(object)]
  const objects: Objects = {
    is: verbs.isInstance,
    entityOf: verbs.entityOf,
    labelOf: (object) => (entityOf(object)?.attribute['label'] === undefined ? Promise.resolve(undefined) : verbs.labelOf(object)),
    keyOf: (object) => entityOf(object)?.primaryKey.map((name) => valueOf(object, name)) ?? [],
    nameOf: (object) => {
      for (const [name, value] of names) if (value === object) return name
      return undefined
    },
  }
  return { mapping, verbs, names, objects }
}

/** What an object shows under a name. */
export const valueOf = (object: object, name: string): unknown => Object.getOwnPropertyDescriptor(object, name)?.value

/** Reads an attribute as the reference does: a slot that is not loaded is loaded first. */
export const readAttribute = async (script: Script, object: object, name: string): Promise<unknown> => {
  await script.verbs.load(object, name)
  return valueOf(object, name)
}

export const walk = async (script: Script, text: string): Promise<unknown> => {
  const { name, segments } = parsePath(text)
  if (!script.names.has(name)) throw new Error(`nothing is called ${name}`)
  let value = script.names.get(name)
  for (const segment of segments) {
    if (segment._tag === 'attribute') {
      if (!script.verbs.isInstance(value)) throw new Error(`${text}: ${segment.name} of what is no object`)
      value = await readAttribute(script, value, segment.name)
    } else if (Array.isArray(value)) value = value[segment.index]
    else if (value instanceof Set || value instanceof Map) value = (await inPrintedOrder(script.objects, value.values()))[segment.index]
  }
  return value
}

/** The object that a path leads to. */
export const walkToObject = async (script: Script, text: string): Promise<object> => {
  const value = await walk(script, text)
  if (!script.verbs.isInstance(value)) throw new Error(`${text} is no object`)
  return value
}

/** The graph below a value, walked along a shape. */
export const dump = async (script: Script, value: unknown, shape: unknown, ordered: boolean): Promise<unknown> =>
  // Recorded so: a keyed collection that is walked further prints as its members.
  printValue(script.objects, value instanceof Map && shape !== true ? [...(value as ReadonlyMap<unknown, unknown>).values()] : value, ordered && !(value instanceof Map), async (object) => {
    const is = await printValue(script.objects, object)
    if (shape === true || typeof shape !== 'object' || shape === null) return is
    const { '@only': only, ...attributes } = shape as { readonly [name: string]: unknown }
    const entity = script.mapping.entities[script.verbs.entityOf(object)]
    if (Array.isArray(only) && !only.includes(entity?.name)) return { is }
    const printed: Record<string, unknown> = { is }
    for (const [name, below] of Object.entries(attributes)) {
      if (entity?.slot[name] === undefined) continue
      printed[name] = await dump(script, await readAttribute(script, object, name), below, ordered)
    }
    return printed
  })
