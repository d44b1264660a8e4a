// The order of what a flush sends, and rows that take the place of others.

import { column, entities, entity, integer, registry, relationship, table, text, type Model } from '@relata/core'
import { create, set, sql, stateOf } from '@relata/session'
import { describe, expect, test } from 'vitest'
import { opened } from '../opened.js'

const nodes = table('nodes', { id: column(integer, { primaryKey: true }), name: column(text, { nullable: true }), parentId: column(integer, { name: 'parent_id', references: 'nodes.id', nullable: true }) })
const clubs = table('clubs', { id: column(integer, { primaryKey: true }), captainId: column(integer, { name: 'captain_id', references: 'players.id', nullable: true }) })
const players = table('players', { id: column(integer, { primaryKey: true }), clubId: column(integer, { name: 'club_id', references: 'clubs.id', nullable: true }) })
const marks = table('marks', { playerId: column(integer, { name: 'player_id', primaryKey: true, references: 'players.id' }), nodeId: column(integer, { name: 'node_id', primaryKey: true, references: 'nodes.id' }) })
const parts = entities({
  Node: entity(nodes, { children: relationship('Node', { backPopulates: 'parent' }), parent: relationship('Node', { remoteSide: 'nodes.id', backPopulates: 'children' }) }),
  Club: entity(clubs, { captain: relationship('Player', { foreignKeys: ['clubs.captainId'] }), players: relationship('Player', { foreignKeys: ['players.clubId'] }) }),
  Player: entity(players, { nodes: relationship('Node', { secondary: marks }) }),
})
interface Parts extends Model<typeof parts> {}
const league = registry<Parts>(parts)
const { Node, Club, Player } = league.entities

describe('a flush', () => {
  test('writes what is new and changed before it deletes', async () => {
    const { db, sent } = await opened(league)
    const [gone, changed] = [create(Node, { id: 1 }), create(Node, { id: 2 })]
    db.add(gone, changed)
    await db.commit()
    sent()
    await db.destroy(gone)
    set(Node, { name: 'x' })(changed)
    db.add(create(Node, { id: 3 }))
    await db.flush()
    expect(sent()).toEqual(['select nodes 0', 'update nodes 1', 'insert nodes 1', 'delete nodes 1'])
  })

  test('of a tree writes level by level, and deletes the other way round', async () => {
    const { db, sent } = await opened(league)
    const leaves = [1, 2, 3].map(() => create(Node, {}))
    const root = create(Node, { children: [create(Node, { children: leaves.slice(0, 2) }), create(Node, { children: leaves.slice(2) })] })
    db.add(root)
    await db.flush()
    expect(sent()).toEqual(['insert nodes 1', 'insert nodes 2', 'insert nodes 3'])
    await db.destroy(root, ...root.children, ...leaves)
    await db.flush()
    expect(sent().filter((line) => !line.startsWith('select'))).toEqual(['delete nodes 3', 'delete nodes 2', 'delete nodes 1'])
  })

  test('of entities that refer to each other goes through where their rows do not', async () => {
    const { db, sent } = await opened(league)
    const [first, second] = [create(Player, {}), create(Player, {})]
    const club = create(Club, { captain: first, players: [second] })
    db.add(club)
    await db.flush()
    expect([sent(), club.captainId === first.id, second.clubId === club.id]).toEqual([['insert players 1', 'insert clubs 1', 'insert players 1'], true, true])
  })

  test('of rows that need each other fails before anything is sent, and names them', async () => {
    const { db, sent } = await opened(league)
    const player = create(Player, {})
    db.add(create(Club, { captain: player, players: [player] }))
    await expect(db.flush()).rejects.toMatchObject({ code: 'circular-dependency', message: expect.stringMatching(/new (Club|Player) #\d → new (Club|Player) #\d/) as string })
    expect(sent()).toEqual([])
  })

  test('writes nothing for a value that was set back, and begins no transaction for nothing', async () => {
    const { db, sent } = await opened(league)
    const node = create(Node, { name: 'a' })
    db.add(node)
    await db.commit()
    sent()
    set(Node, { name: 'b' })(node)
    set(Node, { name: 'a' })(node)
    await db.flush()
    expect(sent()).toEqual([])
  })
})

describe('a new object with the key of one that is deleted in the same flush', () => {
  test('updates the row, and takes the place of the other in the session', async () => {
    const { db, texts } = await opened(league)
    const old = create(Node, { id: 1, name: 'old' })
    db.add(old)
    await db.commit()
    const fresh = create(Node, { id: 1, name: 'new' })
    await db.destroy(old)
    db.add(fresh)
    texts()
    await db.flush()
    expect(texts().filter((text_) => !text_.startsWith('select'))).toEqual(['update "nodes" set "name" = ? where "id" = ?'])
    expect([stateOf(old), stateOf(fresh), (await db.get(Node, 1)) === fresh as unknown]).toEqual(['deleted', 'persistent', true])
    await db.commit()
    expect(await db.run(sql('select id, name from nodes'))).toEqual([[1, 'new']])
  })

  test('brings its children and its pairs, and the other\'s go', async () => {
    const { db } = await opened(league)
    const [shared, other] = [create(Node, { id: 10 }), create(Node, { id: 11 })]
    const old = create(Player, { id: 1, nodes: [shared] })
    db.add(old, other)
    await db.commit()
    await db.destroy(old)
    db.add(create(Player, { id: 1, nodes: [other] }))
    await db.flush()
    expect(await db.run(sql('select player_id, node_id from marks'))).toEqual([[1, 11]])
  })

  test('that is rolled back leaves the one that was there', async () => {
    const { db } = await opened(league)
    const old = create(Node, { id: 1, name: 'old' })
    db.add(old)
    await db.commit()
    await db.destroy(old)
    const fresh = create(Node, { id: 1, name: 'new' })
    db.add(fresh)
    await db.flush()
    await db.rollback()
    expect([stateOf(old), stateOf(fresh), (await db.get(Node, 1)) === old as unknown, old.name]).toEqual(['persistent', 'transient', true, 'old'])
  })
})

test('a new object with the key of one that is there is warned of, and fails on the constraint, which names the entity', async () => {
  const { db, warnings } = await opened(league)
  db.add(create(Node, { id: 1 }))
  await db.commit()
  db.add(create(Node, { id: 1 }))
  await expect(db.flush()).rejects.toMatchObject({ code: 'integrity', message: expect.stringContaining('another Node has id already') as string })
  expect(warnings.map(({ code, message }) => `${code}: ${message}`)).toEqual(['identity-conflict: a new Node has the key of Node 1, which is in the session'])
  await db.rollback()
})
