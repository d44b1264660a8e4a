import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { configure, diagram, explainJoin, planJoin } from '@relata/core'
import type { MappedRelationship, Mapping, RegistryDescriptor } from '@relata/core'
import { frozen } from '../frozen.js'
import { namesWith, plainNames, randomBlueprint, registryOf } from './random-blueprint.js'
import type { Blueprint } from './random-blueprint.js'
import { randomRegistry } from './random-registry.js'

const runs = Number(process.env['RELATA_RUNS'] ?? 150)
vi.setConfig({ testTimeout: 30_000 + runs * 100 })

const mappingOf = (registry: RegistryDescriptor): Mapping => {
  const configured = configure(registry)
  if (E.isLeft(configured)) throw new Error(configured.left.map(({ message }) => message).join('\n'))
  return configured.right
}
const relationshipsOf = (mapping: Mapping): readonly MappedRelationship[] => Object.values(mapping.entities).flatMap(({ relationships }) => relationships)

test('whatever it is given, configure answers with errors or a mapping and never throws', () => {
  fc.assert(fc.property(randomRegistry, (registry) => {
    const configured = configure(registry)
    if (E.isLeft(configured)) for (const { code, message, hint } of configured.left) expect([code, message, hint].every((each) => typeof each === 'string' && each !== '')).toBe(true)
    else expect(diagram(configured.right)).toContain('erDiagram')
  }), { numRuns: Math.max(runs, 5000) })
}, 120_000)

test('a right registry configures, and each of its relationships can be planned and explained', () => {
  fc.assert(fc.property(randomBlueprint, (blueprint) => {
    const mapping = mappingOf(registryOf(blueprint))
    for (const { key } of relationshipsOf(mapping)) {
      const plan = planJoin(mapping, key)
      if (E.isLeft(plan)) throw new Error(plan.left.message)
      expect(JSON.parse(JSON.stringify(plan.right))).toEqual(plan.right)
      expect(explainJoin(plan.right)).toContain(key)
    }
  }), { numRuns: runs })
})

test('planning is a function of its input, which it leaves as it is', () => {
  fc.assert(fc.property(randomBlueprint, (blueprint) => {
    const mapping = frozen(mappingOf(frozen(registryOf(blueprint))))
    const before = JSON.stringify(mapping)
    const plans = (): string => JSON.stringify(relationshipsOf(mapping).map(({ key }) => planJoin(mapping, key)))
    expect(plans()).toBe(plans())
    expect(JSON.stringify(mapping)).toBe(before)
  }), { numRuns: runs })
})

test('marks never leak: a relationship means the same whatever others share its columns', () => {
  const facts = (mapping: Mapping): ReadonlyMap<string, unknown> => new Map(relationshipsOf(mapping).map(({ slot: _slot, ...rest }) => [rest.key, rest]))
  fc.assert(fc.property(randomBlueprint, (blueprint) => {
    const all = facts(mappingOf(registryOf(blueprint)))
    blueprint.edges.forEach((_, edge) => {
      for (const [key, alone] of facts(mappingOf(registryOf(blueprint, plainNames, (each) => each === edge)))) expect(all.get(key)).toEqual(alone)
    })
  }), { numRuns: runs })
})

test('configuring is a function of its input: the same registry, built anew, gives the same mapping to the byte', () => {
  fc.assert(fc.property(randomBlueprint, (blueprint) => {
    expect(JSON.stringify(mappingOf(registryOf(blueprint)))).toBe(JSON.stringify(mappingOf(registryOf(blueprint))))
  }), { numRuns: runs })
  fc.assert(fc.property(randomRegistry, (registry) => {
    expect(configure(registry)).toEqual(configure(registry))
  }), { numRuns: Math.ceil(runs / 3) }) // the runner never ends on a fraction
})

test('renaming tables and columns renames the plans and nothing else, whatever the names', () => {
  const facts = (mapping: Mapping): string => JSON.stringify(relationshipsOf(mapping).map((each) => [each, planJoin({ ...mapping, fingerprint: '' }, each.key)]))
  const marks = fc.oneof(fc.constantFrom('"', '\'', '`', ' select * from ', '$1', '\u0000', '\\', '<>', 'constructor', 'é', '\n', ';--', '%'), fc.string({ minLength: 1 }).filter((mark) => !/[.\da-z]/i.test(mark)))
  fc.assert(fc.property(randomBlueprint, marks, (blueprint, mark) => {
    const written = JSON.stringify(mark).slice(1, -1)
    const renamed = facts(mappingOf(registryOf(blueprint, namesWith(mark))))
    expect(renamed.replaceAll(new RegExp(`(?<=t|id|ref|far|via)${written.replaceAll(/[^\w\s]/g, '\\$&')}`, 'g'), '')).toBe(facts(mappingOf(registryOf(blueprint))))
  }), { numRuns: runs })
})

test('declaring by backref equals declaring both sides', () => {
  const as = (how: 'backref' | 'both', { parents, edges }: Blueprint): Blueprint => ({ parents, edges: edges.map((edge) => ({ ...edge, how })) })
  const facts = (blueprint: Blueprint): unknown => relationshipsOf(mappingOf(registryOf(blueprint)))
    .map(({ backrefOf: _backrefOf, slot: _slot, ...rest }) => rest).toSorted((a, b) => (a.key < b.key ? -1 : 1))
  fc.assert(fc.property(randomBlueprint, (blueprint) => {
    expect(facts(as('backref', blueprint))).toEqual(facts(as('both', blueprint)))
  }), { numRuns: runs })
})

test('both sides of a link agree: what one pairs the other pairs the other way round', () => {
  const pairs = ({ localRemotePairs }: MappedRelationship, isTurned: boolean): readonly string[] => localRemotePairs.map(([a, b]) => JSON.stringify(isTurned ? [b, a] : [a, b])).toSorted()
  fc.assert(fc.property(randomBlueprint, (blueprint) => {
    const byKey = new Map(relationshipsOf(mappingOf(registryOf(blueprint))).map((each) => [each.key, each]))
    for (const each of byKey.values()) {
      for (const other of each.reverse.flatMap((key) => byKey.get(key) ?? [])) {
        // Of a table in between both sides pair the same, and what one writes by its first condition the other does by its second.
        const isBetween = each.secondary !== undefined
        expect(pairs(other, !isBetween)).toEqual(pairs(each, false))
        expect(other.synchronizePairs).toEqual(isBetween ? each.secondarySynchronizePairs : each.synchronizePairs)
        expect(other.reverse).toContain(each.key)
      }
    }
  }), { numRuns: runs })
})

test('a registry\'s errors do not depend on what else is in it', () => {
  fc.assert(fc.property(randomBlueprint, (blueprint) => {
    const good = registryOf(blueprint)
    const [first] = Object.values(good.descriptors)
    const bad = { Bad: { table: first?.table, relationships: { nobody: { _tag: 'Relationship', target: 'Nobody', options: {} } }, options: {} } }
    const configured = configure({ _tag: 'Registry', descriptors: { ...good.descriptors, ...bad } as RegistryDescriptor['descriptors'] })
    expect(E.isLeft(configured) && configured.left.map(({ detail }) => detail.entity)).toEqual(['Bad'])
  }), { numRuns: runs })
})
