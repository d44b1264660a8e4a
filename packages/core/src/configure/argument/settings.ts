// The parameters of a relationship that stand by themselves: checked for their values, with defaults filled in.

import * as E from 'fp-ts/lib/Either.js'
import type { BackrefDescriptor, CollectionClass, Lazy, RelationshipOptions } from '../../mapping/relationship-descriptor.js'
import { isObject } from '../is-object.js'
import type { Cascade, MappedRelationship } from '../mapping.js'
import { mappingError, mappingWarning } from '../mapping-error.js'
import type { MappingDetail, MappingError, MappingWarning } from '../mapping-error.js'
import { didYouMean } from '../suggest.js'
import { shown } from './shown.js'
import { cascadeWords, readCascade, readOnlyCascade } from './cascade.js'

export interface Settings {
  readonly uselist?: boolean
  readonly collectionClass: CollectionClass
  readonly backref?: BackrefDescriptor
  readonly overlaps: ReadonlySet<string>
  readonly postUpdate: boolean
  readonly cascade: Cascade
  readonly viewonly: boolean
  readonly lazy: Lazy
  readonly passiveDeletes: boolean | 'all'
  readonly passiveUpdates: boolean
  readonly activeHistory: boolean
  readonly enableTypechecks: boolean
  readonly singleParent: boolean
  readonly innerjoin: false | 'nested' | 'unnested'
  readonly loadOnPending: boolean
  readonly info: Readonly<Record<string, unknown>>
  readonly omitJoin?: boolean
  /** Those without a default, where they were given: they stand in the mapping as they are. */
  readonly optional: OptionalSettings
}

export type OptionalSettings = Pick<MappedRelationship,
  'joinDepth' | 'comparatorFactory' | 'distinctTargetKey' | 'queryClass' | 'doc' | 'syncBackref' | 'init' | 'repr' | 'default' | 'defaultFactory' | 'compare' | 'kwOnly'>

export interface ReadSettings { readonly settings: Settings; readonly warnings: readonly MappingWarning[] }

/** Reads the settings of `owner` ('User.addresses'), with an error for each that cannot be. */
export const readSettings = (owner: string, detail: MappingDetail, given: unknown): E.Either<readonly MappingError[], ReadSettings> => {
  if (!isObject(given)) return E.left([mappingError(
    'type',
    `The options of ${owner} are not a record.`,
    detail,
    `Write relationship('Target', { backPopulates: 'other' }).`,
  )])
  const errors: MappingError[] = []
  const warnings: MappingWarning[] = []
  const fault = (code: 'argument' | 'type' | 'unknown-cascade', message: string, hint: string): void => { errors.push(mappingError(code, `${owner}: ${message}`, detail, hint)) }
  // Every option is checked below before it is used as what its type says.
  const options = given as RelationshipOptions
  for (const name of Object.keys(given)) if (!Object.hasOwn(expected, name)) fault(
    'type',
    `there is no option '${name}'.`,
    didYouMean(name, Object.keys(expected)),
  )
  for (const [name, { is, say }] of Object.entries(expected)) {
    const value = given[name]
    if (value !== undefined && !is(value)) fault('argument', `'${name}' cannot be ${shown(value)}.`, `Write ${name}: ${say}.`)
  }
  if (options.cascadeBackrefs === true) fault(
    'argument',
    '\'cascadeBackrefs\' can only be false: objects enter a session by the side that they are added to.',
    'Leave cascadeBackrefs out.',
  )
  if (options.viewonly === true && options.syncBackref === true) fault(
    'argument',
    'viewonly and syncBackref cannot both be true: what is only viewed is not kept in step.',
    'Remove syncBackref if it is only for reading, else viewonly.',
  )
  if (options.backref != null && options.backPopulates != null) fault(
    'argument',
    'backref and backPopulates exclude each other: one makes the other side, the other names one that is there.',
    'Keep backref if the other entity does not declare its side, else backPopulates on both.',
  )
  if (options.queryClass !== undefined && options.lazy !== 'dynamic' && options.lazy !== 'write_only') fault(
    'argument',
    '\'queryClass\' is for a relationship that is queried, and this one is loaded.',
    'Write lazy: \'dynamic\', or leave queryClass out.',
  )
  const cascade = readCascade(options.cascade)
  if (E.isLeft(cascade)) fault(
    'unknown-cascade',
    `there ${cascade.left.length === 1 ? 'is no cascade' : 'are no cascades'} ${cascade.left.map((word) => `'${word}'`).join(', ')}.`,
    `${cascade.left.some((word) => cascadeWords.includes(word.trim())) ? 'Remove the spaces at the ends' : 'Write words separated by commas'}, such as cascade: 'all, delete-orphan'. The words are ${cascadeWords.join(', ')}.`,
  )
  if (errors.length > 0 || E.isLeft(cascade)) return E.left(errors)

  const lazy = lazyOf(options.lazy)
  const viewonly = options.viewonly ?? false
  if (cascade.right.deleteOrphan && !cascade.right.delete) warnings.push(mappingWarning(
    'delete-orphan',
    `${owner}: 'delete-orphan' without 'delete' deletes members that are let go, but not those that a deleted parent leaves.`,
    detail,
    'Write cascade: \'all, delete-orphan\'.',
  ))
  if (lazy === 'noload') warnings.push(mappingWarning(
    'noload-deprecated',
    `${owner}: 'noload' shows nothing whatever the database holds.`,
    detail,
    'Write lazy: \'write_only\' for a collection that is only added to, or lazy: \'raise\' to forbid loading.',
  ))
  if (options.omitJoin === true) warnings.push(mappingWarning(
    'omit-join-unsupported',
    `${owner}: omitJoin: true is not checked; selectin loads may be wrong where the join is needed.`,
    detail,
    'Leave omitJoin out: the planner finds out whether the join can be left out.',
  ))
  for (const name of viewonly ? persistenceOnly(options) : []) warnings.push(mappingWarning(
    'viewonly-sync',
    `${owner}: '${name}' concerns writing and has no meaning with viewonly.`,
    detail,
    `Remove ${name}.`,
  ))
  return E.right({ settings: settingsOf(options, viewonly ? readOnlyCascade(cascade.right) : cascade.right, lazy), warnings })
}

/** Options about writing that were given another value than their default. */
const persistenceOnly = (options: RelationshipOptions): readonly string[] => [
  ...(options.passiveDeletes ?? false) !== false ? ['passiveDeletes'] : [],
  ...options.passiveUpdates === false ? ['passiveUpdates'] : [],
  ...options.enableTypechecks === false ? ['enableTypechecks'] : [],
  ...options.activeHistory === true ? ['activeHistory'] : [],
]

const settingsOf = (options: RelationshipOptions, cascade: Cascade, lazy: Lazy): Settings => {
  const { uselist, backref, omitJoin } = options
  return {
    ...uselist === undefined ? {} : { uselist },
    collectionClass: options.collectionClass ?? 'list',
    ...backref == null ? {} : { backref: typeof backref === 'string' ? { _tag: 'Backref', name: backref, options: {} } : backref },
    overlaps: namesIn(options.overlaps),
    postUpdate: options.postUpdate ?? false,
    cascade, viewonly: options.viewonly ?? false, lazy,
    passiveDeletes: options.passiveDeletes ?? false,
    passiveUpdates: options.passiveUpdates ?? true,
    activeHistory: options.activeHistory ?? false,
    enableTypechecks: options.enableTypechecks ?? true,
    singleParent: options.singleParent ?? false,
    innerjoin: options.innerjoin === true ? 'nested' : options.innerjoin ?? false,
    loadOnPending: options.loadOnPending ?? false,
    info: options.info ?? {},
    ...omitJoin == null ? {} : { omitJoin },
    optional: optionalOf(options),
  }
}

const noNames: ReadonlySet<string> = new Set()

const namesIn = (overlaps: string | undefined): ReadonlySet<string> =>
  (overlaps === undefined ? noNames : new Set(overlaps.split(',').map((each) => each.trim()).filter((each) => each !== '')))

const optionalOf = (options: RelationshipOptions): OptionalSettings => {
  const { joinDepth, comparatorFactory, distinctTargetKey, queryClass, doc, syncBackref, init, repr, defaultFactory, compare, kwOnly } = options
  return {
    ...joinDepth === undefined ? {} : { joinDepth },
    ...comparatorFactory === undefined ? {} : { comparatorFactory },
    ...distinctTargetKey == null ? {} : { distinctTargetKey },
    ...queryClass === undefined ? {} : { queryClass },
    ...doc === undefined ? {} : { doc },
    ...syncBackref == null ? {} : { syncBackref },
    ...init === undefined ? {} : { init },
    ...repr === undefined ? {} : { repr },
    ...'default' in options && options.default === null ? { default: null } : {},
    ...defaultFactory === undefined ? {} : { defaultFactory },
    ...compare === undefined ? {} : { compare },
    ...kwOnly === undefined ? {} : { kwOnly },
  }
}

const lazies: readonly Lazy[] = ['select', 'immediate', 'joined', 'subquery', 'selectin', 'noload', 'raise', 'raise_on_sql', 'write_only', 'dynamic']

const lazyOf = (lazy: RelationshipOptions['lazy']): Lazy => {
  switch (lazy) {
    case undefined:
    case true: return 'select'
    case false: return 'joined'
    case null: return 'noload'
    default: return lazy
  }
}

interface Expectation { readonly is: (value: unknown) => boolean; readonly say: string }

const boolean: Expectation = { is: (value) => typeof value === 'boolean', say: 'true or false' }
const text: Expectation = { is: (value) => typeof value === 'string', say: '\'…\', a text' }
const anything: Expectation = { is: () => true, say: 'a value' }
const orNull = (expectation: Expectation): Expectation => ({ is: (value) => value === null || expectation.is(value), say: expectation.say })
const oneOf = (...values: readonly unknown[]): Expectation => ({ is: (value) => values.includes(value), say: values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value))).join(' or ') })
const name: Expectation = { is: (value) => typeof value === 'string' && value !== '', say: 'the name of an attribute' }

const isCollectionClass = (value: unknown): boolean => {
  if (value === 'list' || value === 'set') return true
  if (isObject(value) && ['empty', 'add', 'remove', 'members'].every((part) => typeof value[part] === 'function')) return true
  const key = isObject(value) ? value['keyedBy'] : undefined
  return typeof key === 'function' || name.is(key) || (Array.isArray(key) && key.length > 0 && key.every(name.is))
}

const isBackref = (value: unknown): boolean =>
  name.is(value) || (isObject(value) && value['_tag'] === 'Backref' && name.is(value['name']) && isObject(value['options']))

/** Every option there is. Conditions, columns and names of others are read where they are resolved. */
const expected: Readonly<Record<keyof RelationshipOptions, Expectation>> = {
  secondary: anything, primaryjoin: anything, secondaryjoin: anything, foreignKeys: anything, remoteSide: anything, backPopulates: anything, orderBy: anything,
  uselist: boolean,
  collectionClass: { is: isCollectionClass, say: '\'list\', \'set\', { keyedBy: \'<attribute>\' } or { empty, add, remove, members }' },
  backref: orNull({ is: isBackref, say: '\'name\' or backref(\'name\', { … })' }),
  overlaps: { ...text, say: '\'name, other\' with the names of relationships' },
  postUpdate: boolean, cascade: anything, cascadeBackrefs: boolean, viewonly: boolean,
  lazy: { ...oneOf(...lazies, true, false, null), say: `one of ${lazies.map((each) => `'${each}'`).join(', ')}` },
  passiveDeletes: oneOf(true, false, 'all'), passiveUpdates: boolean, activeHistory: boolean, enableTypechecks: boolean,
  joinDepth: { is: (value) => Number.isInteger(value) && Number(value) >= 0, say: '2, or another whole number of levels' },
  comparatorFactory: { is: (value) => typeof value === 'function', say: '(relationship) => ({ operator: (value) => any(relationship, …) })' }, singleParent: boolean,
  innerjoin: oneOf(true, false, 'nested', 'unnested'),
  distinctTargetKey: orNull(boolean), loadOnPending: boolean, queryClass: { is: (value) => typeof value === 'function', say: '(members) => ({ newest: () => pipe(members, limit(10)) })' },
  info: { is: isObject, say: '{ … }, a record' }, doc: text, omitJoin: orNull(boolean), syncBackref: orNull(boolean),
  init: boolean, repr: boolean,
  default: { is: (value) => value === null, say: 'null; other defaults are made by defaultFactory' },
  defaultFactory: { is: (value) => typeof value === 'function', say: '() => …, a function that makes the value' },
  compare: boolean, kwOnly: boolean,
}
