// Registries at random that are right: foreign keys between tables, lines of inheritance, and relationships that follow the keys in
// all the ways there are.

import * as fc from 'fast-check'
import { alias, backref, cast, column, dynamicRegistry, entity, eq, fn, foreign, integer, relationship, remote, table, tableAlias } from '@relata/core'
import type { AnyEntity, RegistryDescriptor } from '@relata/core'

export interface Edge {
  readonly from: number
  readonly to: number
  /** How the two sides are declared. */
  readonly how: 'backref' | 'both' | 'marked' | 'viewonly' | 'primaryjoin' | 'function' | 'cast' | 'alias'
  /** Rows of a table between the two, in place of a column of the one. */
  readonly secondary: boolean
  readonly uselist: boolean
}
/** `parents`: for each entity the one that it inherits from, if any. */
export interface Blueprint { readonly parents: readonly (number | undefined)[]; readonly edges: readonly Edge[] }

export const randomBlueprint: fc.Arbitrary<Blueprint> = fc.integer({ min: 1, max: 5 }).chain((count) => fc.record({
  parents: fc.tuple(...Array.from({ length: count }, (_, n) => (n === 0 ? fc.constant(undefined) : fc.option(fc.nat(n - 1), { nil: undefined, freq: 2 })))),
  edges: fc.array(fc.record({
    from: fc.nat(count - 1), to: fc.nat(count - 1), how: fc.constantFrom<Edge['how'][]>('backref', 'both', 'marked', 'viewonly', 'primaryjoin', 'function', 'cast', 'alias'), secondary: fc.boolean(), uselist: fc.boolean(),
  }), { maxLength: 8 }),
})).map(({ parents, edges }) => ({ parents, edges: edges.map((edge) => apart(parents, edge)) }))

/** Between two entities of one line no condition tells the sides apart by itself: such an edge leads back to where it starts. */
const apart = (parents: Blueprint['parents'], edge: Edge): Edge => (rootOf(parents, edge.from) === rootOf(parents, edge.to) ? { ...edge, to: edge.from } : edge)

const rootOf = (parents: Blueprint['parents'], n: number): number => { const parent = parents[n]; return parent === undefined ? n : rootOf(parents, parent) }

export interface Names { readonly table: (n: number) => string; readonly key: string; readonly reference: (edge: number) => string; readonly far: (edge: number) => string; readonly between: (edge: number) => string }
export const namesWith = (mark: string): Names => ({
  table: (n) => `t${mark}${n}`, key: `id${mark}`, reference: (edge) => `ref${mark}${edge}`, far: (edge) => `far${mark}${edge}`, between: (edge) => `via${mark}${edge}`,
})
export const plainNames = namesWith('')

/** Each edge is a column of its own that refers to a key, or a table of its own that refers to two, and a relationship along it, most with its other side; of those not declared, the column or table alone. */
export const registryOf = ({ parents, edges }: Blueprint, names: Names = plainNames, declared: (edge: number) => boolean = () => true): RegistryDescriptor => {
  const keyOf = (n: number): string => `${names.table(n)}.${names.key}`
  const tables = parents.map((parent, n) => table(names.table(n), Object.fromEntries([
    [names.key, parent === undefined ? column(integer, { primaryKey: true }) : column(integer, { primaryKey: true, references: keyOf(parent) })],
    ...edges.flatMap((edge, index) => (edge.from === n && !edge.secondary ? [[names.reference(index), column(integer, { references: keyOf(edge.to) })] as const] : [])),
  ])))
  const relationships = parents.map(() => new Map<string, unknown>())
  for (const [index, edge] of edges.entries()) {
    const [own, target] = [tables[edge.from], tables[edge.to]]
    if (!declared(index) || own === undefined || target === undefined) continue
    const one = (given: unknown): void => { relationships[edge.from]?.set(`one${index}`, given) }
    const many = (given: unknown): void => { relationships[edge.to]?.set(`many${index}`, given) }
    const to = (options: object) => relationship(`E${edge.to}`, options as {})
    const from = (options: object) => relationship(`E${edge.from}`, options as {})
    if (edge.secondary) {
      const secondary = table(names.between(index), { [names.reference(index)]: column(integer, { references: keyOf(edge.from) }), [names.far(index)]: column(integer, { references: keyOf(edge.to) }) })
      const [left, right, near, far] = [own.c[names.key], target.c[names.key], secondary.c[names.reference(index)], secondary.c[names.far(index)]]
      if (left === undefined || right === undefined || near === undefined || far === undefined) continue
      const isMarked = edge.how === 'marked' || edge.how === 'function' || edge.how === 'cast'
      const joins = { secondary, primaryjoin: eq(left, isMarked ? remote(foreign(near)) : near), secondaryjoin: eq(right, isMarked ? remote(foreign(far)) : far) }
      if (edge.how === 'backref' || isMarked) one(to({ ...joins, backref: backref(`many${index}`, { uselist: edge.uselist }) }))
      else if (edge.how === 'both') {
        one(to({ ...joins, backPopulates: `many${index}` }))
        many(from({ secondary, primaryjoin: joins.secondaryjoin, secondaryjoin: joins.primaryjoin, backPopulates: `one${index}`, uselist: edge.uselist }))
      } else one(to({ ...joins, viewonly: edge.how === 'viewonly' }))
      continue
    }
    const [near, far] = [own.c[names.reference(index)], target.c[names.key]]
    if (near === undefined || far === undefined) continue
    const foreignKeys = [`${names.table(edge.from)}.${names.reference(index)}`]
    const self = edge.from === edge.to ? { remoteSide: [keyOf(edge.to)] } : {}
    switch (edge.how) {
      case 'backref': one(to({ foreignKeys, ...self, backref: backref(`many${index}`, { uselist: edge.uselist }) })); break
      case 'both': {
        one(to({ foreignKeys, ...self, backPopulates: `many${index}` }))
        many(from({ foreignKeys, backPopulates: `one${index}`, uselist: edge.uselist }))
        break
      }
      case 'marked': one(to({ primaryjoin: () => eq(foreign(near), remote(far)), backref: backref(`many${index}`, { uselist: edge.uselist }) })); break
      case 'viewonly': many(from({ foreignKeys, viewonly: true })); break
      case 'primaryjoin': one(to({ primaryjoin: eq(far, near), ...self, foreignKeys })); break
      case 'function': one(to({ primaryjoin: eq(remote(far), fn<number>()('abs', foreign(near))), viewonly: edge.uselist })); break
      case 'cast': one(to({ primaryjoin: eq(remote(far), cast(foreign(near), integer)), uselist: edge.uselist })); break
      case 'alias': {
        const under = tableAlias(target, names.between(index))
        const key = under.c[names.key]
        // The rows of one table are whole objects only of an entity that has no other.
        if (parents[edge.to] !== undefined || key === undefined) one(to({ foreignKeys, ...self }))
        else one(relationship(alias(`E${edge.to}`, under), { primaryjoin: eq(key, foreign(near)) } as {}))
        break
      }
    }
  }
  return dynamicRegistry(Object.fromEntries(parents.flatMap((parent, n): readonly (readonly [string, AnyEntity])[] => {
    const [own, declaredHere] = [tables[n], relationships[n]]
    return own === undefined || declaredHere === undefined ? [] : [[`E${n}`, entity(own, Object.fromEntries(declaredHere) as {}, parent === undefined ? {} : { inherits: `E${parent}` })]]
  })))
}
