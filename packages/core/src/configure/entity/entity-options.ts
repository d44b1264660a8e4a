// The options of an entity, checked for their values: names in them are looked up where they are used.

import type { EntityOptions } from '../../mapping/entity-descriptor.js'
import { conditionFault } from '../argument/condition-shape.js'
import type { Fault } from '../argument/condition-shape.js'
import { shown } from '../argument/shown.js'
import { isNames, isObject } from '../is-object.js'
import { didYouMean } from '../suggest.js'

/** What is wrong with the options of an entity, one fault an option. */
export const entityOptionFaults = (options: Readonly<Record<string, unknown>>): readonly Fault[] => [
  ...Object.keys(options).filter((name) => !Object.hasOwn(expected, name)).map((name) => ({
    message: `there is no option '${name}' of entities.`,
    hint: didYouMean(name, Object.keys(expected)),
  })),
  ...Object.entries(expected).flatMap(([name, { is, say }]) => {
    const value = options[name]
    return value === undefined || is(value) ? [] : [{ message: `'${name}' cannot be ${shown(value)}.`, hint: `Write { ${name}: ${say} }.` }]
  }),
]

interface Expectation { readonly is: (value: unknown) => boolean; readonly say: string }

const boolean: Expectation = { is: (value) => typeof value === 'boolean', say: 'true or false' }
const name = (say: string): Expectation => ({ is: (value) => typeof value === 'string' && value !== '', say })
const names: Expectation = { is: isNames, say: '[\'<column>\', …]' }
const isRecordOf = (type: string) => (value: unknown): boolean => isObject(value) && Object.values(value).every((each) => typeof each === type)

const isVersion = (value: unknown): boolean =>
  typeof value === 'string' || (isObject(value) && typeof value['attribute'] === 'string' && (value['next'] === false || value['next'] === 'server' || typeof value['next'] === 'function'))

const expected: Readonly<Record<keyof EntityOptions, Expectation>> = {
  attributes: { is: isRecordOf('string'), say: '{ attribute: \'<column>\' }' },
  synonyms: { is: isRecordOf('string'), say: '{ synonym: \'<attribute>\' }' },
  include: names, exclude: names,
  version: { is: isVersion, say: '\'<column>\', or { attribute: \'<column>\', next: \'server\' }' },
  primaryKey: { is: (value) => isNames(value) && value.length > 0, say: '[\'<field>\', …]' },
  inherits: name('\'<entity>\''),
  inheritCondition: { is: (value) => conditionFault(value) === undefined, say: 'eq(bosses.c.id, people.c.id)' },
  concrete: boolean,
  polymorphicOn: name('\'<column>\''),
  identity: { is: (value) => typeof value === 'string' || typeof value === 'number', say: '\'<value of the discriminator>\'' },
  withPolymorphic: { is: (value) => value === '*' || isNames(value), say: '\'*\', or [\'<entity>\', …]' },
  confirmDeletedRows: boolean, passiveUpdates: boolean,
  deferred: { is: (value) => isNames(value) || isRecordOf('string')(value), say: '[\'<attribute>\', …], or { attribute: \'<group>\' }' },
  repr: { is: isRecordOf('boolean'), say: '{ attribute: false }' },
}
