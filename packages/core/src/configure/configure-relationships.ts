// The passes, one after another, over every relationship of a registry.

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { isObject } from './is-object.js'
import { descendantsOf } from './entity/layout.js'
import type { EntityLayout, Layout } from './entity/layout.js'
import { readSettings } from './argument/settings.js'
import { detailOf } from './declaration.js'
import type { Declaration } from './declaration.js'
import { determineDirection } from './join/determine-direction.js'
import { findJoin } from './join/find-join.js'
import { makeLazyClauses } from './join/lazy-clause.js'
import { markForeign } from './join/mark-foreign.js'
import { markLocal } from './join/mark-local.js'
import { markRemote } from './join/mark-remote.js'
import { pairColumns } from './join/pair-columns.js'
import { findShortcuts } from './join/shortcuts.js'
import type { Shortened } from './join/shortcuts.js'
import { checkCascades } from './link/check-cascades.js'
import { checkStrategy } from './link/check-strategy.js'
import { findOverlaps } from './link/find-overlaps.js'
import { linkSides } from './link/link-sides.js'
import type { Linked } from './link/link-sides.js'
import { makeBackref } from './link/make-backref.js'
import { mappingError } from './mapping-error.js'
import type { MappingError, MappingWarning } from './mapping-error.js'
import { resolveTarget } from './resolve-target.js'

export interface ConfiguredRelationships {
  /** Those of backrefs right before the ones that declare them. */
  readonly relationships: readonly Linked[]
  readonly errors: readonly MappingError[]
  readonly warnings: readonly MappingWarning[]
}

/** What one relationship means by itself. */
export const configureRelationship = (layout: Layout) => (declaration: Declaration): E.Either<readonly MappingError[], Shortened> => pipe(
  declaration,
  resolveTarget(layout),
  E.chain(findJoin(layout)),
  E.map(markForeign(layout)),
  E.map(markRemote),
  E.map(markLocal),
  E.chain(pairColumns(layout)),
  E.chain(determineDirection),
  E.map(makeLazyClauses),
  E.map(findShortcuts(layout)),
  E.chain(checkCascades),
)

/** All errors of all relationships, in the order of declaration. */
export const configureRelationships = (layout: Layout): ConfiguredRelationships => {
  const declared = Object.values(layout.entities).flatMap((entity) => Object.entries(entity.relationships).map(([name, descriptor]) => declare(layout, entity, name, descriptor)))
  const declarationErrors = declared.flatMap((each) => (E.isLeft(each.read) ? each.read.left : []))
  const warnings: MappingWarning[] = declared.flatMap((each) => (E.isRight(each.read) ? each.read.right.warnings : []))
  const failed = new Map<string, EntityLayout | undefined>(declared.filter((each) => E.isLeft(each.read)).map((each) => [each.key, undefined]))
  const taken = new Map<string, Set<string>>()
  for (const { entity, name } of declared) namesOf(taken, entity.name).add(name)
  const configure = configureRelationship(layout)
  const errors: (readonly [key: string, error: MappingError])[] = []
  const relationships: Shortened[] = []
  const fail = ({ key, target }: Declaration, found: readonly MappingError[]): void => {
    failed.set(key, typeof target === 'string' ? layout.entities[target] : undefined)
    for (const error of found) errors.push([key, error])
  }

  for (const { read } of declared) {
    if (E.isLeft(read)) continue
    const { declaration } = read.right
    const result = configure(declaration)
    if (E.isLeft(result)) {
      fail(declaration, result.left)
      // Whoever names the side that would have been made need not hear of it.
      const name = declaration.settings.backref?.name
      if (name !== undefined && typeof declaration.target === 'string') failed.set(`${declaration.target}.${name}`, declaration.entity)
      continue
    }
    const { backref } = declaration.settings
    if (backref === undefined) { relationships.push(result.right); continue }
    const { targetEntity } = result.right
    const made = pipe(
      checkName(layout, taken, declaration, targetEntity, backref.name),
      E.chain(() => makeBackref(result.right, backref)),
      E.chain((found) => {
        namesOf(taken, targetEntity.name).add(backref.name)
        return pipe(configure(found.declaration), E.map((relationship) => ({ relationship, warnings: found.warnings })))
      }),
    )
    if (E.isLeft(made)) { fail(declaration, made.left); continue }
    warnings.push(...made.right.warnings)
    relationships.push(made.right.relationship, result.right)
  }
  const linked = linkSides(layout, relationships, failed)
  const position = new Map(declared.map(({ key }, index) => [key, index]))
  // Errors of a backref stand where the relationship that declares it stands.
  const origins = new Map(relationships.map(({ key, reverseOf }) => [key, reverseOf?.key ?? key]))
  const strategyErrors = relationships.flatMap((each) => checkStrategy(each).map((error) => [each.key, error] as const))
  const placed = [...errors, ...linked.errors, ...strategyErrors].map(([key, error], index) => ({ error, at: position.get(origins.get(key) ?? key) ?? declared.length, index }))
  return {
    relationships: linked.relationships,
    errors: [...declarationErrors, ...placed.toSorted((a, b) => a.at - b.at || a.index - b.index).map(({ error }) => error)],
    warnings: [...warnings, ...linked.relationships.flatMap((each) => each.warnings), ...findOverlaps(linked.relationships)],
  }
}

interface Declared { readonly key: string; readonly entity: EntityLayout; readonly name: string; readonly read: E.Either<readonly MappingError[], { readonly declaration: Declaration; readonly warnings: readonly MappingWarning[] }> }

const declare = (layout: Layout, entity: EntityLayout, name: string, descriptor: unknown): Declared => {
  const key = `${entity.name}.${name}`
  const detail = detailOf({ entity, name })
  const fail = (message: string, hint: string): Declared => ({ key, entity, name, read: E.left([mappingError('argument', message, detail, hint)]) })
  if (!isObject(descriptor) || descriptor['_tag'] !== 'Relationship') return fail(
    `${key} is not a relationship.`,
    `Write ${name}: relationship('<entity>').`,
  )
  const column = [entity.name, ...descendantsOf(layout.children, entity.name)].find((each) => layout.entities[each]?.attribute[name] !== undefined)
  if (column !== undefined) return fail(
    `${key} has the name of a column: ${column}.${name}.`,
    `Call the relationship something else, or give the column's attribute another name: { attributes: { ${name}Key: '${name}' } }.`,
  )
  const options: unknown = descriptor['options'] ?? {}
  const settings = readSettings(key, detail, options)
  if (E.isLeft(settings) || !isObject(options)) return { key, entity, name, read: E.isLeft(settings) ? settings : E.left([]) }
  return { key, entity, name, read: E.right({ declaration: { key, entity, name, target: descriptor['target'], options, settings: settings.right.settings }, warnings: settings.right.warnings }) }
}

const namesOf = (taken: Map<string, Set<string>>, entity: string): Set<string> => {
  const known = taken.get(entity) ?? new Set()
  taken.set(entity, known)
  return known
}

/** A backref may not take a name that its entity, or one above or below it, has already. */
const checkName = (layout: Layout, taken: ReadonlyMap<string, ReadonlySet<string>>, declaration: Declaration, entity: EntityLayout, name: string): E.Either<readonly MappingError[], undefined> => {
  const line = entity.inheritance.kind === 'concrete' ? [entity.name] : [...entity.ancestors, entity.name, ...descendantsOf(layout.children, entity.name)]
  const owner = line.find((each) => (each === entity.name || layout.entities[each]?.inheritance.kind !== 'concrete') && (layout.entities[each]?.attribute[name] !== undefined || taken.get(each)?.has(name) === true))
  return owner === undefined ? E.right(undefined) : E.left([mappingError('backref-name-taken', `The backref '${name}' of ${declaration.key} cannot be made: ${owner}.${name} is there already.`, { ...detailOf(declaration), others: [`${owner}.${name}`] }, layout.entities[owner]?.attribute[name] !== undefined
    ? `It is a column: give the backref another name, such as backref: '${entity.name === declaration.entity.name ? 'parent' : declaration.entity.name.slice(0, 1).toLowerCase() + declaration.entity.name.slice(1)}'.`
    : `Give the backref another name; if ${owner}.${name} is the other side, write backPopulates: '${name}' here instead of backref, and backPopulates: '${declaration.name}' there.`)])
}
