// Tables that several tests use.

import { column, integer, table, text } from '@relata/core'

export const users = table('users', { id: column(integer, { primaryKey: true }), name: column(text) })
export const addresses = table('addresses', { id: column(integer, { primaryKey: true }), userId: column(integer, { name: 'user_id', references: 'users.id', nullable: true }), email: column(text) })
export const nodes = table('nodes', { id: column(integer, { primaryKey: true }), parentId: column(integer, { references: 'nodes.id', nullable: true }), path: column(text) })
export const posts = table('posts', { id: column(integer, { primaryKey: true }), title: column(text) })
export const tags = table('tags', { id: column(integer, { primaryKey: true }), word: column(text) })
export const postTags = table('post_tags', { postId: column(integer, { primaryKey: true, references: 'posts.id' }), tagId: column(integer, { primaryKey: true, references: 'tags.id' }) })
export const customers = table('customers', { id: column(integer, { primaryKey: true }), billingId: column(integer, { references: 'places.id' }), shippingId: column(integer, { references: 'places.id' }) })
export const places = table('places', { id: column(integer, { primaryKey: true }), city: column(text) })
/** No foreign key between these two. */
export const makers = table('makers', { id: column(integer, { primaryKey: true }), code: column(text) })
export const things = table('things', { id: column(integer, { primaryKey: true }), makerId: column(integer), size: column(integer) })
