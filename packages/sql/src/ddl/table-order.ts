// The order of tables by their foreign keys: what is referred to comes first, and those that refer to each other together.

import type { TableDescriptor } from '@relata/core'

/**
 * Groups of tables, every group after those it refers to. A group of more than one table is a cycle; a table that refers
 * only to itself is alone. Within a group, and where nothing else decides, the order is that given.
 */
export const tableOrder = (tables: readonly TableDescriptor[]): readonly (readonly TableDescriptor[])[] => {
  // Tarjan's strongly connected components, which come out with what is referred to first.
  const byName = new Map(tables.map((table, at) => [table.name, at]))
  const index = new Map<number, number>()
  const low = new Map<number, number>()
  const stack: number[] = []
  const onStack = new Set<number>()
  const groups: (readonly TableDescriptor[])[] = []

  const visit = (at: number): void => {
    const started = index.size
    index.set(at, started)
    low.set(at, started)
    stack.push(at)
    onStack.add(at)
    for (const { table } of tables[at]!.foreignKeys) {
      const next = byName.get(table)
      if (next === undefined) continue
      if (!index.has(next)) {
        visit(next)
        low.set(at, Math.min(low.get(at)!, low.get(next)!))
      } else if (onStack.has(next)) low.set(at, Math.min(low.get(at)!, index.get(next)!))
    }
    if (low.get(at) !== started) return
    const members: number[] = []
    for (let member = stack.pop(); member !== undefined; member = member === at ? undefined : stack.pop()) {
      onStack.delete(member)
      members.push(member)
    }
    groups.push(members.toSorted((a, b) => a - b).map((member) => tables[member]!))
  }
  tables.forEach((_, at) => { if (!index.has(at)) visit(at) })
  return groups
}
