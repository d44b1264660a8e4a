// Every loader option, executed a second time with other values: nothing is planned and nothing is printed, by the query or by the loads that follow it.

import {
  alias, asc, chunkSize, column, containsEager, defaultload, defer, deferAll, entities, entity, eq, gt, immediateload, innerjoin, integer, join, joinedload, lazyload, loadOnly, noload, ofType, only, options, orderBy, populateExisting, raiseload, recursionDepth,
  registry, relationship, select, selectinload, sqlOnly, subqueryload, table, text, undefer, undeferAll, undeferGroup, where, wildcard, withLoaderCriteria,
} from '@relata/core'
import type { LoadOption, Model } from '@relata/core'
import { all, expireAll, expungeAll, get, load, loadColumn, refresh, sql, type Db } from '@relata/session'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { mappingOf } from '../../src/handle/mapping-of.js'
import { statementsPrinted } from '../../src/load/compiled-select.js'
import { plansMade } from '../../src/load/plan-cache.js'
import { succeeding } from '../in-session.js'

const owners = table('owners', { id: column(integer, { primaryKey: true }), name: column(text) })
const items = table('items', {
  id: column(integer, { primaryKey: true }), kind: column(text), title: column(text), notes: column(text), photo: column(text),
  ownerId: column(integer, { references: 'owners.id', nullable: true }), parentId: column(integer, { references: 'items.id', nullable: true }),
})
const books = table('books', { id: column(integer, { primaryKey: true, references: 'items.id' }), pages: column(integer), authorId: column(integer, { references: 'owners.id', nullable: true }) })
const shelfEntities = entities({
  Owner: entity(owners, { items: relationship('Item', { backPopulates: 'owner', orderBy: 'items.id' }) }),
  Item: entity(items, {
    owner: relationship('Owner', { backPopulates: 'items' }), parent: relationship('Item', { remoteSide: 'items.id', backPopulates: 'children' }), children: relationship('Item', { backPopulates: 'parent' }),
    keeper: relationship('Owner', { viewonly: true, lazy: 'raise', foreignKeys: ['items.ownerId'] }),
  }, { polymorphicOn: 'kind', identity: 'item', deferred: { notes: 'words', photo: 'pixels' } }),
  Book: entity(books, { author: relationship('Owner') }, { inherits: 'Item', identity: 'book' }),
})
interface Shelf extends Model<typeof shelfEntities> {}
const shelf = registry<Shelf>(shelfEntities)
const { Owner, Item, Book } = shelf.entities
const Other = alias(Item, 'Other')

const filled: Db<unknown> = pipe(
  RTE.sequenceSeqArray([
    "insert into owners values (1, 'ann'), (2, 'bob')",
    "insert into items values (1, 'item', 'box', 'n', 'p', 1, null), (2, 'book', 'tale', 'n', 'p', 1, 1), (3, 'item', 'bag', 'n', 'p', 2, 1), (4, 'item', 'tin', 'n', 'p', 2, 3)",
    'insert into books values (2, 99, 2)',
  ].map((statement) => sql(statement))),
  RTE.chain(() => expungeAll),
)

const everyOwner = pipe(select(Owner), orderBy(asc(Owner.id)))
const everyItem = pipe(select(Item), orderBy(asc(Item.id)))
const owning = (option: LoadOption<Shelf, 'Owner', unknown>): Db<readonly object[]> => all(pipe(everyOwner, options(option as LoadOption<Shelf, 'Owner', {}>)))
const asItems = (option: LoadOption<Shelf, 'Item', unknown>): Db<readonly object[]> => all(pipe(everyItem, options(option as LoadOption<Shelf, 'Item', {}>)))
const above = (nth: number) => gt(Item.id, nth)

/** Each once for every value: `nth` is another one the second time. */
const programs: Readonly<Record<string, (nth: number) => Db<unknown>>> = {
  'joinedload with a condition': (nth) => owning(joinedload(Owner.items, only(above(nth)))),
  'joinedload with an inner join': (nth) => owning(joinedload(Owner.items, innerjoin(), only(above(nth)))),
  'selectinload with a condition and a chunk': (nth) => owning(selectinload(Owner.items, only(above(nth)), chunkSize(1))),
  'subqueryload with a condition': (nth) => owning(subqueryload(Owner.items, only(above(nth)))),
  'immediateload with a condition': (nth) => owning(immediateload(Owner.items, only(above(nth)))),
  'lazyload with a condition, and its load': (nth) => pipe(all(pipe(everyOwner, options(lazyload(Owner.items, only(above(nth)))))), RTE.chain(load(Owner.items))),
  'lazyload with a condition, and the load of one': (nth) => pipe(all(pipe(everyOwner, where(eq(Owner.id, nth)), options(lazyload(Owner.items, only(above(nth)))))), RTE.chain(load(Owner.items))),
  'a load with a condition': (nth) => pipe(all(everyOwner), RTE.chain(load(Owner.items, only(above(nth))))),
  'raiseload, and its refusal': (nth) => pipe(all(pipe(everyOwner, where(gt(Owner.id, nth)), options(raiseload(Owner.items)))), RTE.chain((found) => attemptLoad(load(Owner.items)(found)))),
  'raiseload sqlOnly, answered from memory': (nth) => pipe(all(everyOwner), RTE.chain(() => all(pipe(everyItem, where(above(nth)), options(raiseload(Item.owner, sqlOnly))))), RTE.chain(load(Item.owner))),
  'noload': (nth) => all(pipe(everyOwner, where(gt(Owner.id, nth)), options(noload(Owner.items)))),
  'defaultload and what is below': (nth) => pipe(all(pipe(everyOwner, options(defaultload(Owner.items, selectinload(Item.children, only(above(nth))))))), RTE.chain(load(Owner.items))),
  'a wildcard of the query': (nth) => pipe(all(pipe(everyItem, where(above(nth)), options(wildcard('selectin')))), RTE.chain(load(Item.owner))),
  'a wildcard of an entity, below a path': (nth) => owning(selectinload(Owner.items, only(above(nth)), wildcard('joined', Item))),
  'a wildcard that refuses': (nth) => pipe(all(pipe(everyItem, where(above(nth)), options(wildcard('raise')))), RTE.chain((found) => attemptLoad(load(Item.owner)(found)))),
  'loadOnly, and its load of the rest': (nth) => pipe(all(pipe(everyItem, where(above(nth)), options(loadOnly(Item.title)))), RTE.chain(loadColumn(Item.kind))),
  'defer, and its load': (nth) => pipe(all(pipe(everyItem, where(above(nth)), options(defer(Item.title)))), RTE.chain(loadColumn(Item.title))),
  'deferAll': (nth) => all(pipe(everyItem, where(above(nth)), options(deferAll(Item)))),
  'undefer': (nth) => all(pipe(everyItem, where(above(nth)), options(undefer(Item.notes)))),
  'undeferAll': (nth) => all(pipe(everyItem, where(above(nth)), options(undeferAll(Item)))),
  'undeferGroup below a path': (nth) => owning(selectinload(Owner.items, only(above(nth)), undeferGroup(Item, 'pixels'))),
  'the load of a group': (nth) => pipe(all(pipe(everyItem, where(above(nth)))), RTE.chain(loadColumn(Item.photo))),
  'ofType a subclass, and what that has': (nth) => owning(selectinload(ofType(Owner.items, Book), joinedload(Book.author, only(gt(Owner.id, nth))))),
  'containsEager ofType an alias': (nth) => all(pipe(everyOwner, join(Owner.items, Other, gt(Other.id, nth)), options(containsEager(ofType(Owner.items, Other))))),
  'recursionDepth of selectinload': (nth) => asItems(selectinload(Item.children, recursionDepth(2), only(above(nth)))),
  'recursionDepth of immediateload, to the end': (nth) => asItems(immediateload(Item.children, recursionDepth(-1), only(above(nth)))),
  'a load with recursionDepth': (nth) => pipe(all(pipe(everyItem, where(above(nth)))), RTE.chain(load(Item.children, recursionDepth(-1)))),
  'populateExisting': (nth) => pipe(all(everyOwner), RTE.chain(() => all(pipe(everyOwner, where(gt(Owner.id, nth)), populateExisting, options(selectinload(Owner.items)))))),
  'criteria of an entity, for a later load too': (nth) => pipe(all(pipe(everyOwner, options(withLoaderCriteria(Item, above(nth))))), RTE.chain(load(Owner.items))),
  'a get with options': (nth) => get(Owner, nth, { options: [selectinload(Owner.items, only(above(nth)))] }),
  'a refresh with the options of its query': (nth) => pipe(all(pipe(everyOwner, where(eq(Owner.id, nth)), options(joinedload(Owner.items, only(above(nth)))))), RTE.chain(([owner]) => refresh(Owner)(owner!))),
  'objects that are read again with their options': (nth) => pipe(all(pipe(everyOwner, options(selectinload(Owner.items, only(above(nth)))))), RTE.chainFirst(() => expireAll), RTE.chain(loadColumn(Owner.name))),
}

/** A program that may be refused. */
const attemptLoad = (program: Db<unknown>): Db<unknown> => (environment) => pipe(program(environment), TE.orElseW(() => TE.right(undefined)))

const mapping = mappingOf(shelf)
const compiled: Db<readonly [plans: number, texts: number]> = ({ session }) => TE.fromTask(async () => [plansMade(mapping), statementsPrinted(await session.executor.dialect())])

test.each(Object.entries(programs))('%s', async (_name, program) => {
  await succeeding(shelf, pipe(filled, RTE.chain(() => program(1))))
  const { result } = await succeeding(shelf, pipe(
    filled, RTE.chain(() => compiled), RTE.bindTo('before'), RTE.chainFirst(() => program(2)), RTE.bind('after', () => compiled),
    RTE.map(({ before, after }) => after.map((count, place) => count - (before[place] ?? 0))),
  ))
  expect(result).toEqual([0, 0])
})
