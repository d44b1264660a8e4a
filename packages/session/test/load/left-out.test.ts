// Columns that a query left out: what gives an object whole has them, and what the query forbids stays forbidden.

import { asc, column, defer, entities, entity, immediateload, integer, joinedload, loadOnly, lazyload, options, orderBy, raiseload, registry, relationship, select, selectinload, subqueryload, table, text, undeferGroup } from '@relata/core'
import type { LoadOption, Loader, Model, Unloaded } from '@relata/core'
import { add, all, create, expungeAll, flush, get, isLoaded, load, loadColumn, refresh } from '@relata/session'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { failing, succeeding } from '../in-session.js'

const owners = table('owners', { id: column(integer, { primaryKey: true }), name: column(text), city: column(text) })
const photos = table('photos', { id: column(integer, { primaryKey: true }), title: column(text), small: column(text), large: column(text), notes: column(text), ownerId: column(integer, { references: 'owners.id' }) })
const galleryEntities = entities({
  Owner: entity(owners, { photos: relationship('Photo', { backPopulates: 'owner' }) }),
  Photo: entity(photos, { owner: relationship('Owner', { backPopulates: 'photos' }) }, { deferred: { small: 'pixels', large: 'pixels', notes: 'words' } }),
})
interface Gallery extends Model<typeof galleryEntities> {}
const gallery = registry<Gallery>(galleryEntities)
const { Owner, Photo } = gallery.entities

const photo = (id: number) => create(Photo, { id, title: `photo ${id}`, small: 's', large: 'l', notes: 'n' })
const filled = () => pipe(
  add(create(Owner, { id: 1, name: 'ann', city: 'Rome', photos: [photo(1), photo(2)] }), create(Owner, { id: 2, name: 'bob', city: 'Bern' })),
  RTE.chain(() => flush), RTE.chain(() => expungeAll),
)
const named = pipe(select(Owner), orderBy(asc(Owner.id)), options(loadOnly(Owner.name)))
const selects = (statements: readonly string[]): readonly string[] => statements.filter((each) => each.startsWith('select'))

describe('an object whose columns a query left out', () => {
  test('is given whole by get, by a statement', async () => {
    const { result, statements } = await succeeding(gallery, pipe(filled(), RTE.chain(() => all(named)), RTE.chain(() => get(Owner, 1)), RTE.map(O.map(({ city }) => city))))
    expect(result).toEqual(O.some('Rome'))
    expect(selects(statements)).toEqual(['select owners 2', 'select owners 1'])
  })

  test('is given whole by a reference to it', async () => {
    const program = pipe(filled(), RTE.chain(() => all(named)), RTE.chain(() => all(select(Photo))), RTE.chain(load(Photo.owner)), RTE.map((found) => found.map(({ owner }) => owner.city)))
    const { result, statements } = await succeeding(gallery, program)
    expect(result).toEqual(['Rome', 'Rome'])
    expect(selects(statements)).toEqual(['select owners 2', 'select photos 2', 'select owners 1'])
  })

  test('has a column by asking for it, and after a refresh all', async () => {
    const program = pipe(filled(), RTE.chain(() => all(named)), RTE.chain(loadColumn(Owner.city)), RTE.map((found) => found.map(({ city, name }) => `${name} ${city}`)))
    const { result, statements } = await succeeding(gallery, program)
    expect(result).toEqual(['ann Rome', 'bob Bern'])
    expect(selects(statements)).toEqual(['select owners 2', 'select owners 2'])
    expect((await succeeding(gallery, pipe(filled(), RTE.chain(() => all(named)), RTE.chain(([ann]) => refresh(Owner)(ann!)), RTE.map(({ city }) => city)))).result).toBe('Rome')
    expect((await succeeding(gallery, pipe(filled(), RTE.chain(() => all(named)), RTE.chain(([ann]) => refresh(Owner, 'city')(ann!)), RTE.map(({ city }) => city)))).result).toBe('Rome')
  })

  test('keeps what was forbidden', async () => {
    const forbidden = pipe(filled(), RTE.chain(() => all(pipe(select(Owner), options(defer(Owner.city, { raise: true }))))))
    expect(await failing(gallery, pipe(forbidden, RTE.chain(loadColumn(Owner.city))))).toBe('raise-load')
  })
})

describe('a column that the mapping defers', () => {
  const first = () => pipe(filled(), RTE.chain(() => get(Photo, 1)), RTE.map((found) => O.toUndefined(found)!))

  test('comes with its group, by one statement', async () => {
    const program = pipe(first(), RTE.chain(loadColumn(Photo.small)), RTE.map((found) => [found.small, isLoaded(Photo.large)(found), isLoaded(Photo.notes)(found)]))
    const { result, statements } = await succeeding(gallery, program)
    expect(result).toEqual(['s', true, false])
    expect(selects(statements)).toEqual(['select photos 1', 'select photos 1'])
  })

  test('is not read by a refresh that does not name it', async () => {
    expect((await succeeding(gallery, pipe(first(), RTE.chain(refresh(Photo)), RTE.map((found) => isLoaded(Photo.small)(found))))).result).toBe(false)
    expect((await succeeding(gallery, pipe(first(), RTE.chain(refresh(Photo, 'notes')), RTE.map(({ notes }) => notes)))).result).toBe('n')
  })

  test('comes along below a relationship', async () => {
    for (const loader of [selectinload(Owner.photos, undeferGroup(Photo, 'pixels')), joinedload(Owner.photos, undeferGroup(Photo, 'pixels'))]) {
      const program = pipe(filled(), RTE.chain(() => all(pipe(select(Owner), options(loader)))), RTE.map(([ann]) => ann!.photos.map(({ small, large }) => small + large)))
      expect((await succeeding(gallery, program)).result).toEqual(['sl', 'sl'])
    }
  })
})

test.each([['joined', joinedload, 1], ['selectin', selectinload, 2], ['subquery', subqueryload, 2], ['immediate', immediateload, 2]] as const)(
  'a reference whose key was left out is loaded by %s all the same', async (_name, loader: Loader, statements) => {
    const program = pipe(filled(), RTE.chain(() => all(pipe(select(Photo), options(defer(Photo.ownerId), loader(Photo.owner))))), RTE.map((found) => found.map(({ owner }) => owner.name)))
    const { result, statements: sent } = await succeeding(gallery, program)
    expect(result).toEqual(['ann', 'ann'])
    expect(selects(sent)).toHaveLength(statements)
  },
)

test('what an option left unloaded, load gives, unless it is refused', async () => {
  const loading = (option: LoadOption<Gallery, 'Photo', { readonly owner: Unloaded }>) =>
    pipe(filled(), RTE.chain(() => all(pipe(select(Photo), options(option)))), RTE.chain(load(Photo.owner)), RTE.map(([first]) => first!.owner.name))
  expect((await succeeding(gallery, loading(lazyload(Photo.owner)))).result).toBe('ann')
  expect(await failing(gallery, loading(raiseload(Photo.owner)))).toBe('raise-load')
})
