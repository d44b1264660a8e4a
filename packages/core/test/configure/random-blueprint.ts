// Registries at random that are right: foreign keys between tables, and relationships that follow them in all the ways there are.

import * as fc from 'fast-check'
import { backref, column, dynamicRegistry, entity, eq, foreign, integer, relationship, remote, table } from '@relata/core'
import type { AnyEntity, RegistryDescriptor } from '@relata/core'

export interface Edge {
  readonly from: number
  readonly to: number
  /** How the two sides are declared. */
  readonly how: 'backref' | 'both' | 'marked' | 'viewonly' | 'primaryjoin'
  readonly uselist: boolean
}
export interface Blueprint { readonly entities: number; readonly edges: readonly Edge[] }

export const randomBlueprint: fc.Arbitrary<Blueprint> = fc.integer({ min: 1, max: 5 }).chain((entities) => fc.record({
  entities: fc.constant(entities),
  edges: fc.array(fc.record({ from: fc.nat(entities - 1), to: fc.nat(entities - 1), how: fc.constantFrom('backref', 'both', 'marked', 'viewonly', 'primaryjoin'), uselist: fc.boolean() }), { maxLength: 8 }),
}))

export interface Names { readonly table: (n: number) => string; readonly key: (n: number) => string; readonly reference: (edge: number) => string }
export const plainNames: Names = { table: (n) => `t${n}`, key: () => 'id', reference: (edge) => `ref${edge}` }

/** Each edge is a column of its own that refers to a key, and a relationship along it, most with its other side; of those not declared, the column alone. */
export const registryOf = ({ entities, edges }: Blueprint, names: Names = plainNames, declared: (edge: number) => boolean = () => true): RegistryDescriptor => {
  const numbers = Array.from({ length: entities }, (_, n) => n)
  const tables = numbers.map((n) => table(names.table(n), Object.fromEntries([
    [names.key(n), column(integer, { primaryKey: true })],
    ...edges.flatMap((edge, index) => (edge.from === n ? [[names.reference(index), column(integer, { references: `${names.table(edge.to)}.${names.key(edge.to)}` })] as const] : [])),
  ])))
  const relationships = numbers.map(() => new Map<string, ReturnType<typeof relationship>>())
  edges.forEach((edge, index) => {
    if (!declared(index)) return
    const key = `${names.table(edge.to)}.${names.key(edge.to)}`
    const reference = `${names.table(edge.from)}.${names.reference(index)}`
    const near = tables[edge.from]?.c[names.reference(index)]
    const far = tables[edge.to]?.c[names.key(edge.to)]
    if (near === undefined || far === undefined) return
    const self = edge.from === edge.to ? { remoteSide: [key] } : {}
    const one = (name: string, options: object): void => { relationships[edge.from]?.set(name, relationship(`E${edge.to}`, options as {})) }
    const many = (name: string, options: object): void => { relationships[edge.to]?.set(name, relationship(`E${edge.from}`, options as {})) }
    switch (edge.how) {
      case 'backref': one(`one${index}`, { foreignKeys: [reference], ...self, backref: backref(`many${index}`, { uselist: edge.uselist }) }); break
      case 'both': {
        one(`one${index}`, { foreignKeys: [reference], ...self, backPopulates: `many${index}` })
        many(`many${index}`, { foreignKeys: [reference], backPopulates: `one${index}`, uselist: edge.uselist })
        break
      }
      case 'marked': one(`one${index}`, { primaryjoin: () => eq(foreign(near), remote(far)), backref: backref(`many${index}`, { uselist: edge.uselist }) }); break
      case 'viewonly': many(`many${index}`, { foreignKeys: [reference], viewonly: true }); break
      case 'primaryjoin': one(`one${index}`, { primaryjoin: eq(far, near), ...self, foreignKeys: [reference] }); break
    }
  })
  return dynamicRegistry(Object.fromEntries(numbers.flatMap((n): readonly (readonly [string, AnyEntity])[] => {
    const [own, declared] = [tables[n], relationships[n]]
    return own === undefined || declared === undefined ? [] : [[`E${n}`, entity(own, Object.fromEntries(declared))]]
  })))
}
