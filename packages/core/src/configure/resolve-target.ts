// First pass: who the target is, and what the arguments say that may be given as functions or by name.

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Ordering } from '../expression/node.js'
import { aliasedEntity } from './argument/alias-target.js'
import { evaluate } from './argument/evaluate.js'
import { readColumn, readCondition } from './argument/read-condition.js'
import type { Fault } from './argument/condition-shape.js'
import type { TableNames } from './argument/read-condition.js'
import { readOnlyCascade } from './argument/cascade.js'
import { readSecondary, sourceColumns } from './argument/secondary.js'
import type { Settings } from './argument/settings.js'
import type { Selectable } from './join/selectable.js'
import { detailOf } from './declaration.js'
import type { Declaration } from './declaration.js'
import type { EntityLayout, Layout } from './entity/layout.js'
import { isObject } from './is-object.js'
import type { Condition } from './join/condition.js'
import type { ColumnRef } from './mapping.js'
import { mappingError } from './mapping-error.js'
import type { MappingError } from './mapping-error.js'
import { didYouMean } from './suggest.js'

export interface Targeted extends Declaration {
  readonly targetEntity: EntityLayout
  readonly secondary?: Selectable
  readonly givenPrimaryjoin?: Condition
  readonly givenSecondaryjoin?: Condition
  readonly givenForeignKeys: readonly ColumnRef[]
  readonly givenRemoteSide: readonly ColumnRef[]
  readonly orderBy: readonly Ordering<Condition>[]
  readonly backPopulates?: string
}

/** Fails with no errors where the target is an entity whose own errors are already known. */
export const resolveTarget = (layout: Layout) => (declaration: Declaration): E.Either<readonly MappingError[], Targeted> => {
  const { options, reverseOf } = declaration
  const errors: MappingError[] = []
  const keep = <A>(read: E.Either<readonly MappingError[], A>): A | undefined => {
    if (E.isRight(read)) return read.right
    errors.push(...read.left)
    return undefined
  }
  const argument = <A>(name: string, read: (value: unknown) => E.Either<Fault, A>): A | undefined => keep(readArgument(declaration, name, read))

  const target = resolveEntity(layout, declaration)
  if (E.isLeft(target)) return target
  const secondary = reverseOf?.secondary ?? argument('secondary', (value) => readSecondary(layout, value))
  const tables: TableNames = (name) => sourceColumns(layout, secondary, name) ?? layout.tables[name]?.columns
  const condition = (value: unknown): E.Either<Fault, Condition> => readCondition(layout, tables, value)
  const columns = (value: unknown): E.Either<Fault, readonly ColumnRef[]> => readEach(value, (each) => readColumn(layout, tables, each))
  const primaryjoin = argument('primaryjoin', condition) ?? reverseOf?.primaryjoin
  const secondaryjoin = argument('secondaryjoin', condition) ?? reverseOf?.secondaryjoin
  const foreignKeys = argument('foreignKeys', columns) ?? reverseOf?.foreignKeys ?? []
  const remoteSide = argument('remoteSide', columns) ?? []
  const orderBy = argument('orderBy', (value) => readOrder(layout, tables, value)) ?? []
  const backPopulates = argument('backPopulates', readName) ?? reverseOf?.name
  if (secondaryjoin !== undefined && secondary === undefined && options['secondary'] === undefined) {
    errors.push(reverseOf === undefined
      ? mappingError(
        'argument',
        `${declaration.key} has a secondaryjoin but no secondary: there is no table for it to join.`,
        detailOf(declaration),
        'Add secondary: <table>, or remove secondaryjoin.',
      )
      : mappingError(
        'invalid-request',
        `The backref ${declaration.key} has a secondaryjoin, but ${reverseOf.key} has no secondary.`,
        { ...detailOf(declaration), others: [reverseOf.key] },
        'Remove secondaryjoin from the options of the backref.',
      ))
  }
  errors.push(...aliasFaults(layout, declaration, target.right))
  const keyed = unknownKeys(declaration, target.right)
  if (keyed !== undefined) errors.push(keyed)
  if (errors.length > 0) return E.left(errors)
  const settings = readsOnly(layout, target.right) ? viewed(declaration.settings) : declaration.settings
  return E.right({
    ...declaration, settings, targetEntity: target.right,
    ...secondary === undefined ? {} : { secondary },
    ...primaryjoin === undefined ? {} : { givenPrimaryjoin: primaryjoin },
    ...secondaryjoin === undefined ? {} : { givenSecondaryjoin: secondaryjoin },
    givenForeignKeys: foreignKeys, givenRemoteSide: remoteSide, orderBy,
    ...backPopulates === undefined ? {} : { backPopulates },
  })
}

/** Rows of a query cannot be written: a relationship to them is viewed. */
const readsOnly = (layout: Layout, { alias, tables }: EntityLayout): boolean =>
  alias !== undefined && tables.some((table) => layout.tables[table]?.derived?.rows._tag === 'select')

const viewed = (settings: Settings): Settings => ({ ...settings, viewonly: true, cascade: readOnlyCascade(settings.cascade) })

const aliasFaults = (layout: Layout, declaration: Declaration, target: EntityLayout): readonly MappingError[] => {
  const { key, options, settings, name } = declaration
  if (target.alias === undefined) return []
  const fault = (message: string, hint: string): MappingError => mappingError('argument', message, detailOf(declaration), hint)
  return [
    ...settings.backref === undefined ? [] : [fault(
      `${key} leads to the alias '${target.alias}', and no relationship of ${target.name} can lead back along the conditions of the alias.`,
      `Remove backref; if ${target.name} should know its ${declaration.entity.name}, declare relationship('${declaration.entity.name}') there.`,
    )],
    ...options['viewonly'] === false && readsOnly(layout, target) ? [fault(
      `${key} has viewonly: false, but the rows of the query '${target.alias}' cannot be written.`,
      `Remove viewonly, and write by a relationship to ${target.name} itself beside it: all${name.slice(0, 1).toUpperCase()}${name.slice(1)}: relationship('${target.name}').`,
    )] : [],
  ]
}

const resolveEntity = (layout: Layout, declaration: Declaration): E.Either<readonly MappingError[], EntityLayout> => {
  const { key, target } = declaration
  const suggest = (name: string): string => didYouMean(name, Object.keys(layout.entities))
  const fail = (message: string, hint: string): E.Either<readonly MappingError[], never> => E.left([mappingError('argument', message, detailOf(declaration), hint)])
  const value = evaluate(target)
  if (E.isLeft(value)) return fail(
    `The function that gives the target of ${key} failed: ${value.left}`,
    `Write relationship('<entity>'): names are looked up when the registry is configured, so no function is needed.`,
  )
  if (value.right === undefined || value.right === '') return fail(
    `${key} has no target.`,
    `Write relationship('<entity>') with the name of an entity of this registry. ${suggest('')}`,
  )
  if (typeof value.right === 'string') {
    const found = layout.entities[value.right]
    if (found !== undefined) return E.right(found)
    if (layout.broken.has(value.right)) return E.left([])
    return fail(
      `${key} leads to '${value.right}', but this registry has no entity of that name.`,
      `Write the name under which the entity stands in registry({ … }), or add it there. ${suggest(value.right)}`,
    )
  }
  const descriptor = value.right
  if (isObject(descriptor) && descriptor['_tag'] === 'EntityAlias') {
    if (typeof target === 'function') return fail(
      `The function that gives the target of ${key} gives an alias.`,
      'Give the alias itself: relationship(alias(\'<entity>\', …)).',
    )
    const entity = resolveEntity(layout, { ...declaration, target: descriptor['entity'] })
    return pipe(entity, E.chain((found) => pipe(
      aliasedEntity(layout, found, descriptor),
      E.orElse((fault): E.Either<readonly MappingError[], EntityLayout> => fail(`The target of ${key} cannot be used: ${fault.message}.`, fault.hint)),
    )))
  }
  const found = isObject(descriptor) ? Object.values(layout.entities).find((each) => each.relationships === descriptor['relationships']) : undefined
  return found !== undefined ? E.right(found) : fail(
    `The target of ${key} is ${Array.isArray(descriptor) ? 'a list' : `of type ${typeof descriptor}`} and not an entity of this registry.`,
    `Write relationship('<entity>') with the name of an entity. ${suggest('')}`,
  )
}

const readArgument = <A>(declaration: Declaration, name: string, read: (value: unknown) => E.Either<Fault, A>): E.Either<readonly MappingError[], A | undefined> => {
  const given = declaration.options[name]
  const fail = (message: string, hint: string): E.Either<readonly MappingError[], never> => E.left([mappingError('argument', message, detailOf(declaration), hint)])
  const value = evaluate(given)
  if (E.isLeft(value)) return fail(
    `The function given as ${name} of ${declaration.key} failed: ${value.left}`,
    `It is called when the registry is configured: let it return what ${name} takes.`,
  )
  if (value.right === undefined || value.right === null || (name === 'orderBy' && value.right === false)) return E.right(undefined)
  const result = read(value.right)
  return E.isRight(result) ? result : fail(`${name} of ${declaration.key} cannot be used: ${result.left.message}.`, result.left.hint)
}

const readEach = <A>(value: unknown, read: (each: unknown) => E.Either<Fault, A>): E.Either<Fault, readonly A[]> => {
  const found: A[] = []
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  for (const each of list) {
    const result = read(each)
    if (E.isLeft(result)) return result
    found.push(result.right)
  }
  return E.right(found)
}

const readOrder = (layout: Layout, tables: TableNames, value: unknown): E.Either<Fault, readonly Ordering<Condition>[]> =>
  readEach(value, (each): E.Either<Fault, Ordering<Condition>> => {
    const ordering = isObject(each) && !('_tag' in each) && 'arg' in each ? each : { arg: each }
    const { arg, direction, nulls } = ordering
    if ((direction !== undefined && direction !== 'asc' && direction !== 'desc') || (nulls !== undefined && nulls !== 'first' && nulls !== 'last')) return E.left({
      message: 'its direction is neither \'asc\' nor \'desc\'',
      hint: 'Write orderBy: desc(posts.c.createdAt).',
    })
    const read = typeof arg === 'string' ? E.map((ref: ColumnRef): Condition => ({ _tag: 'column', ...ref, foreign: false, remote: false, local: false }))(readColumn(layout, tables, arg)) : readCondition(layout, tables, arg)
    return E.isLeft(read) ? read : E.right({ arg: read.right, direction: direction ?? 'asc', ...nulls === undefined ? {} : { nulls } })
  })

const readName = (value: unknown): E.Either<Fault, string> => {
  const name = isObject(value) ? value['name'] : value
  return typeof name === 'string' && name !== '' ? E.right(name) : E.left({
    message: 'it is not the name of a relationship',
    hint: 'Write backPopulates: \'<relationship>\' with the name that the target gives its side.',
  })
}

const unknownKeys = (declaration: Declaration, target: EntityLayout): MappingError | undefined => {
  const { collectionClass } = declaration.settings
  if (typeof collectionClass === 'string' || 'empty' in collectionClass || typeof collectionClass.keyedBy === 'function') return undefined
  const names = typeof collectionClass.keyedBy === 'string' ? [collectionClass.keyedBy] : collectionClass.keyedBy
  const unknown = names.find((name) => target.attribute[name] === undefined && !Object.hasOwn(target.relationships, name))
  return unknown === undefined ? undefined : mappingError(
    'argument',
    `${declaration.key} is keyed by '${unknown}', which is not an attribute of ${target.name}.`,
    detailOf(declaration),
    `Write collectionClass: { keyedBy: '<attribute of ${target.name}>' }. ${didYouMean(unknown, Object.keys(target.attribute))}`,
  )
}
