// The cascades of expunge, refresh-expire and merge; what all of them pass by, and who takes part.

import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'
import { append, create, expire, expunge, expungeAll, flush, isLoaded, load, merge, refresh, remove, set, sql, stateOf } from '@relata/session'
import { describe, expect, test } from 'vitest'
import { opened } from '../opened.js'

const trees = table('trees', { id: column(integer, { primaryKey: true }), name: column(text), kind: column(text, { nullable: true }) })
const leaves = table('leaves', { id: column(integer, { primaryKey: true }), name: column(text), treeId: column(integer, { name: 'tree_id', references: 'trees.id', nullable: true }) })
const birds = table('birds', { id: column(integer, { primaryKey: true }), name: column(text), treeId: column(integer, { name: 'tree_id', references: 'trees.id', nullable: true }) })
const fruits = table('fruits', { id: column(integer, { primaryKey: true }), treeId: column(integer, { name: 'tree_id', references: 'trees.id', nullable: true }) })
const parts = entities({
  Tree: entity(trees, {
    leaves: relationship('Leaf', { cascade: 'all, delete-orphan', backPopulates: 'tree' }),
    birds: relationship('Bird', { cascade: 'all' }),
    fans: relationship('Bird', { viewonly: true, cascade: '' }),
  }, { polymorphicOn: 'kind', identity: 'tree' }),
  FruitTree: entity(trees, { fruits: relationship('Fruit', { cascade: 'all, delete-orphan' }) }, { inherits: 'Tree', identity: 'fruit' }),
  Leaf: entity(leaves, { tree: relationship('Tree', { cascade: 'all', backPopulates: 'leaves' }) }),
  Bird: entity(birds, { tree: relationship('Tree', { cascade: '', overlaps: 'birds' }) }),
  Fruit: entity(fruits),
})
interface Parts extends Model<typeof parts> {}
const garden = registry<Parts>(parts)
const { Tree, FruitTree, Leaf, Bird, Fruit } = garden.entities

const planted = async () => {
  const scene = await opened(garden)
  const leaf = create(Leaf, { name: 'l' })
  const bird = create(Bird, { name: 'b' })
  const tree = create(Tree, { name: 't', leaves: [leaf], birds: [bird] })
  scene.db.add(tree)
  await scene.db.commit()
  scene.sent()
  return { ...scene, leaf, bird, tree }
}

test('expunging takes along what is in memory, in a circle too, and nothing is written', async () => {
  const { db, sent, leaf, bird, tree } = await planted()
  set(Leaf, { name: 'x' })(leaf)
  await db.run(expunge(tree))
  await db.run(flush)
  expect([[tree, leaf, bird].map(stateOf), sent()]).toEqual([['detached', 'detached', 'detached'], []])
})

describe('expiring', () => {
  test('makes the members stale too, and refreshing reads the object again', async () => {
    const { db, sent, leaf, bird, tree } = await planted()
    await db.run(expire(Tree)(tree))
    expect([isLoaded(Tree.name)(tree), isLoaded(Leaf.name)(leaf), isLoaded(Bird.name)(bird)]).toEqual([false, false, false])
    await db.run(refresh(Tree)(tree))
    expect([sent(), isLoaded(Tree.name)(tree), isLoaded(Leaf.name)(leaf)]).toEqual([['select trees 1'], true, false])
  })

  test('leaves new members alone, but for those that would be orphans: they leave the session', async () => {
    const { db, tree } = await planted()
    const [leaf, bird] = [create(Leaf, { name: 'new' }), create(Bird, { name: 'new' })]
    append(Tree.leaves, leaf)(tree)
    append(Tree.birds, bird)(tree)
    expect([stateOf(leaf), stateOf(bird)]).toEqual(['pending', 'pending'])
    await db.run(expire(Tree)(tree))
    expect([stateOf(leaf), stateOf(bird)]).toEqual(['transient', 'pending'])
  })

  test('of named attributes goes no further', async () => {
    const { db, leaf, tree } = await planted()
    await db.run(expire(Tree, 'name')(tree))
    expect(isLoaded(Leaf.name)(leaf)).toBe(true)
  })
})

describe('merging', () => {
  test('merges the members along, and without the word leaves what the session has', async () => {
    const { db, tree, bird } = await planted()
    await db.run(expungeAll)
    const merged = await db.run(merge(create(Tree, { id: tree.id ?? 0, name: 'T', leaves: [create(Leaf, { id: 1, name: 'L' }), create(Leaf, { name: 'M' })] })))
    await db.flush()
    expect((await db.run(sql('select id, name, tree_id from leaves order by id')))).toEqual([[1, 'L', 1], [2, 'M', 1]])
    expect(stateOf(merged)).toBe('persistent')
    await db.run(merge(set(Bird, { tree: create(Tree, { id: 1, name: 'other' }) })(create(Bird, { id: bird.id ?? 0, name: 'B' }))))
    await db.flush()
    expect(await db.run(sql('select name, tree_id from birds'))).toEqual([['B', 1]])
    expect(await db.run(sql('select name from trees'))).toEqual([['T']])
  })

  test('does not load what the given object has not', async () => {
    const { db, sent, tree } = await planted()
    await db.run(expungeAll)
    await db.run(merge(create(Tree, { id: tree.id ?? 0, name: 'T' })))
    expect(sent()).toEqual(['select trees 1'])
  })
})

describe('null in a list', () => {
  test('is passed by by every cascade, and refused by the flush by the name of the list', async () => {
    const { db } = await opened(garden)
    const tree = create(Tree, { name: 't' })
    append(Tree.leaves, create(Leaf, { name: 'l' }), null as never)(tree)
    db.add(tree)
    await expect(db.flush()).rejects.toMatchObject({ code: 'flush', message: expect.stringContaining('Tree.leaves') as string })
    await db.rollback()
  })
})

describe('an object of an entity below', () => {
  test('takes part in the cascades of the one above and in its own', async () => {
    const { db, sent } = await opened(garden)
    const [leaf, fruit] = [create(Leaf, { name: 'l' }), create(Fruit, {})]
    const tree = create(FruitTree, { name: 'apple', leaves: [leaf], fruits: [fruit] })
    db.add(tree)
    expect([stateOf(leaf), stateOf(fruit)]).toEqual(['pending', 'pending'])
    await db.commit()
    sent()
    remove(FruitTree.fruits, fruit)(tree)
    remove(Tree.leaves, leaf)(tree)
    await db.flush()
    expect([sent(), stateOf(leaf), stateOf(fruit)]).toEqual([['delete fruits 1', 'delete leaves 1'], 'deleted', 'deleted'])
    await db.destroy(tree)
    await db.flush()
    expect(stateOf(tree)).toBe('deleted')
  })
})

test('nothing but deletion loads for a cascade', async () => {
  const { db, sent, tree } = await planted()
  await db.run(expungeAll)
  const found = (await db.get(Tree, tree.id ?? 0))!
  sent()
  await db.run(expire(Tree)(found))
  await db.run(expunge(found))
  expect(sent()).toEqual([])
  db.add(found)
  expect((await db.run(load(Tree.leaves)(found))).leaves.length).toBe(1)
})
