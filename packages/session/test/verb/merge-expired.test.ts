// Merging into an expired object: its row is read again once, by itself or along with what it leads to.

import { column, entities, entity, integer, registry, relationship, table, text } from '@relata/core'
import { add, commit, create, expireAll, expungeAll, flush, get, load, merge } from '@relata/session'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { succeeding } from '../in-session.js'

test('an expired object is not read by itself where loading what it leads to reads its row', async () => {
  const folders = table('folders', { id: column(integer, { primaryKey: true }), parentId: column(integer, { references: 'folders.id', nullable: true }), label: column(text) })
  const disk = registry(entities({ Folder: entity(folders, { parent: relationship('Folder', { remoteSide: 'folders.id', backPopulates: 'children' }), children: relationship('Folder', { backPopulates: 'parent', lazy: 'immediate' }) }) }))
  const { Folder } = disk.entities
  const given = pipe(get(Folder, 2), RTE.map((found) => O.toUndefined(found)!), RTE.chain(load(Folder.parent)), RTE.chainFirst(() => expungeAll))
  const { result, statements } = await succeeding(disk, pipe(
    add(create(Folder, { id: 1, label: 'root', children: [create(Folder, { id: 2, label: 'leaf' })] })), RTE.chain(() => commit), RTE.chain(() => expungeAll), RTE.chain(() => given),
    RTE.chainFirst(() => get(Folder, 2)), RTE.chainFirst(() => expireAll), RTE.chain((folder) => merge(folder)), RTE.chainFirst(() => flush), RTE.map((merged) => [merged.label, merged.parent?.label]),
  ))
  expect(result).toEqual(['leaf', 'root'])
  expect(statements.slice(-3)).toEqual(['select folders 1', 'select folders 1', 'select folders 0'])
})
