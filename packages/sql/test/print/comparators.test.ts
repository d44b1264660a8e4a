// Conditions on related objects, as SQL: they ask whether rows exist, by aliases of their own.

import { and, any, column, configure, entities, entity, eq, has, integer, isNull, like, not, planLoad, registry, relationship, select, table, text, where, type SelectDescriptor } from '@relata/core'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { inEvery } from './plan-nodes.js'

const folders = table('folders', { id: column(integer, { primaryKey: true }), parentId: column(integer, { name: 'parent_id', references: 'folders.id', nullable: true }), name: column(text) })
const files = table('files', { folderId: column(integer, { primaryKey: true, references: 'folders.id' }), position: column(integer, { primaryKey: true }), name: column(text) })
const labels = table('labels', { id: column(integer, { primaryKey: true }), name: column(text) })
const folderLabels = table('folder_labels', { folderId: column(integer, { primaryKey: true, references: 'folders.id' }), labelId: column(integer, { primaryKey: true, references: 'labels.id' }) })
const disk = registry(entities({
  Folder: entity(folders, {
    children: relationship('Folder', { backPopulates: 'parent' }),
    parent: relationship('Folder', { backPopulates: 'children', remoteSide: ['folders.id'] }),
    files: relationship('File', { backPopulates: 'folder' }),
    labels: relationship('Label', { secondary: folderLabels }),
  }),
  File: entity(files, { folder: relationship('Folder', { backPopulates: 'files' }) }),
  Label: entity(labels),
}))
const { File, Folder, Label } = disk.entities
const mapping = pipe(configure(disk), E.getOrElseW((errors) => { throw new Error(errors[0].message) }))

const inEveryDialect = (query: SelectDescriptor) =>
  inEvery({ _tag: 'select', select: pipe(planLoad(mapping, query), E.getOrElseW(({ message }) => { throw new Error(message) })).plan.statement })

test('any: a row of the other table', () => {
  expect(inEveryDialect(pipe(select({ id: Folder.id }), where(any(Folder.files, like(File.name, '%.ts')))))).toEqual({
    postgres: 'select "folders_1"."id" from "folders" as "folders_1" where exists (select 1 from "files" as "files_1" where "folders_1"."id" = "files_1"."folderId" and "files_1"."name" like $1)',
    mysql: 'select `folders_1`.`id` from `folders` as `folders_1` where exists (select 1 from `files` as `files_1` where `folders_1`.`id` = `files_1`.`folderId` and `files_1`.`name` like ?)',
    mariadb: 'select `folders_1`.`id` from `folders` as `folders_1` where exists (select 1 from `files` as `files_1` where `folders_1`.`id` = `files_1`.`folderId` and `files_1`.`name` like ?)',
    sqlite: 'select "folders_1"."id" from "folders" as "folders_1" where exists (select 1 from "files" as "files_1" where "folders_1"."id" = "files_1"."folderId" and "files_1"."name" like ? escape \'\\\')',
  })
})

test.each([
  ['any without a condition', select({ id: Folder.id }), any(Folder.files), 'exists (select 1 from "files" as "files_1" where "folders_1"."id" = "files_1"."folderId")'],
  ['any of a many-to-many', select({ id: Folder.id }), any(Folder.labels, eq(Label.name, 'new')), 'exists (select 1 from "folder_labels" as "folder_labels_1" join "labels" as "labels_1" on "labels_1"."id" = "folder_labels_1"."labelId" where "folders_1"."id" = "folder_labels_1"."folderId" and "labels_1"."name" = $1)'],
  ['any of a self-reference', select({ id: Folder.id }), any(Folder.children), 'exists (select 1 from "folders" as "folders_2" where "folders_1"."id" = "folders_2"."parent_id")'],
  ['not any', select({ id: Folder.id }), not(any(Folder.files)), 'not exists (select 1 from "files" as "files_1" where "folders_1"."id" = "files_1"."folderId")'],
  ['has of a self-reference', select({ id: Folder.id }), has(Folder.parent, eq(Folder.name, 'root')), 'exists (select 1 from "folders" as "folders_2" where "folders_2"."id" = "folders_1"."parent_id" and "folders_2"."name" = $1)'],
  ['no object', select({ id: Folder.id }), isNull(Folder.parent), '"folders_1"."parent_id" is null'],
])('%s', (_name, query, condition, expected) => {
  expect(inEveryDialect(pipe(query, where(condition))).postgres).toBe(`select "folders_1"."id" from "folders" as "folders_1" where ${expected}`)
})

test('has within any', () => {
  expect(inEveryDialect(pipe(select({ name: File.name }), where(has(File.folder, and(any(Folder.labels), eq(Folder.name, 'src')))))).postgres).toBe(
    'select "files_1"."name" from "files" as "files_1" where exists (select 1 from "folders" as "folders_1" where "folders_1"."id" = "files_1"."folderId" and (exists (select 1 from "folder_labels" as "folder_labels_1" join "labels" as "labels_1" on "labels_1"."id" = "folder_labels_1"."labelId" where "folders_1"."id" = "folder_labels_1"."folderId") and "folders_1"."name" = $1))',
  )
})
