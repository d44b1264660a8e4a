// What the benchmarks map: parents with children and tags.

import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'

export const parents = table('bench_parents', { id: column(integer, { primaryKey: true }), name: column(text), rank: column(integer) })
export const children = table('bench_children', { id: column(integer, { primaryKey: true }), name: column(text), parentId: column(integer, { name: 'parent_id', references: 'bench_parents.id', nullable: true }) })
export const tags = table('bench_tags', { id: column(integer, { primaryKey: true }), name: column(text) })
export const childTags = table('bench_child_tags', {
  childId: column(integer, { name: 'child_id', primaryKey: true, references: 'bench_children.id' }),
  tagId: column(integer, { name: 'tag_id', primaryKey: true, references: 'bench_tags.id' }),
})

const benchEntities = entities({
  Parent: entity(parents, { children: relationship('Child', { backPopulates: 'parent', cascade: 'all, delete-orphan' }) }),
  Child: entity(children, { parent: relationship('Parent', { backPopulates: 'children' }) }),
})
export interface Bench extends Model<typeof benchEntities> {}
export const bench = registry<Bench>(benchEntities)
export const { Parent, Child } = bench.entities

// With a third level: what deletes a child must look for its tags, which the other benchmarks do not mean to measure.
const taggedEntities = entities({
  Parent: entity(parents, { children: relationship('Child') }),
  Child: entity(children, { tags: relationship('Tag', { secondary: childTags }) }),
  Tag: entity(tags),
})
export interface Tagged extends Model<typeof taggedEntities> {}
export const tagged = registry<Tagged>(taggedEntities)
