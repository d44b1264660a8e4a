// Who inherits from whom: parents before children, each with the way in which it inherits.

import type { EntityDescriptor } from '../../mapping/entity-descriptor.js'
import { mappingError } from '../mapping-error.js'
import type { MappingError } from '../mapping-error.js'
import { didYouMean } from '../suggest.js'

export interface Descent {
  readonly name: string
  readonly descriptor: EntityDescriptor
  readonly order: number
  readonly parent?: string
  readonly kind: 'none' | 'single' | 'joined' | 'concrete'
}

export interface Lineage {
  /** Parents before their children, otherwise in the order of declaration. */
  readonly descents: readonly Descent[]
  readonly children: ReadonlyMap<string, readonly string[]>
  readonly broken: ReadonlySet<string>
  readonly errors: readonly MappingError[]
}

/** Orders the entities of a registry by descent; `broken` are entities known to have errors already. */
export const traceLineage = (entities: readonly (readonly [string, EntityDescriptor])[], broken: ReadonlySet<string>): Lineage => {
  const byName = new Map(entities)
  const orders = new Map(entities.map(([name], order) => [name, order]))
  const children = new Map<string, string[]>()
  const descents: Descent[] = []
  const failed = new Set(broken)
  const errors: MappingError[] = []
  const done = new Set<string>()

  const settle = (start: string): void => {
    // Up the line to the first entity that is settled, then down again: no recursion, however long the line.
    const line: string[] = []
    const met = new Set<string>()
    let name: string | undefined = start
    while (name !== undefined && !done.has(name) && !failed.has(name)) {
      if (met.has(name)) {
        const cycle = line.slice(line.indexOf(name))
        for (const each of cycle) failed.add(each)
        errors.push(mappingError(
          'argument',
          `${[...cycle, name].join(' inherits from ')}: an entity cannot inherit from itself.`,
          { entity: name, others: cycle },
          `Remove inherits from the one of ${cycle.join(', ')} that the others build on.`,
        ))
        break
      }
      met.add(name)
      line.push(name)
      const inherits: unknown = byName.get(name)?.options.inherits
      if (inherits === undefined) name = undefined
      else if (typeof inherits === 'string' && (byName.has(inherits) || failed.has(inherits))) name = inherits
      else {
        failed.add(name)
        errors.push(mappingError(
          'argument',
          `${name} inherits from ${typeof inherits === 'string' ? `'${inherits}'` : 'something that is not a name'}, but this registry has no such entity.`,
          { entity: name, others: typeof inherits === 'string' ? [inherits] : [] },
          `Write { inherits: '<entity>' } with the name of an entity of this registry. ${typeof inherits === 'string' ? didYouMean(inherits, [...byName.keys()]) : ''}`.trim(),
        ))
        name = undefined
      }
    }
    for (const each of line.toReversed()) {
      const descriptor = byName.get(each)
      if (descriptor === undefined || failed.has(each)) continue
      const parent = descriptor.options.inherits
      const above = parent === undefined ? undefined : byName.get(parent)
      if (parent !== undefined && (failed.has(parent) || above === undefined)) { failed.add(each); continue }
      done.add(each)
      const order = orders.get(each) ?? 0
      if (parent === undefined || above === undefined) descents.push({ name: each, descriptor, order, kind: 'none' })
      else {
        const siblings = children.get(parent)
        if (siblings === undefined) children.set(parent, [each])
        else siblings.push(each)
        const kind = descriptor.options.concrete === true ? 'concrete' : descriptor.table.name === above.table.name ? 'single' : 'joined'
        descents.push({ name: each, descriptor, order, parent, kind })
      }
    }
  }
  for (const [name] of entities) settle(name)
  return { descents, children, broken: failed, errors }
}
