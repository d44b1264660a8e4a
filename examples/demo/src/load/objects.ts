// The graph as objects of the session: made in memory, linked to each other, with nothing sent.

import type { New } from '@relata/core'
import { create } from '@relata/session'
import type { DependencyGraph } from '../lockfile/dependency-graph.js'
import type { Installed } from '../installed/read-installed.js'
import { Dependency, Keyword, Licence, Maintainer, Package, Version } from '../schema.js'
import type { Graph } from '../schema.js'

export interface Objects {
  /** Everything is reached from these: to add them is to add all. */
  readonly packages: readonly New<Graph, 'Package'>[]
  /** Rows that inserting them will make, those of many-to-many relationships included. */
  readonly rows: number
}

/** Objects of a graph, with what is known of those that are installed. */
export const objectsOf = ({ versions, edges }: DependencyGraph, installed: ReadonlyMap<string, Installed>): Objects => {
  const packageNamed = once((name: string) => create(Package, { name }))
  const licenceNamed = once((name: string) => create(Licence, { name }))
  const keywordOf = once((word: string) => create(Keyword, { word }))
  const maintainerNamed = once((name: string) => create(Maintainer, { name }))
  let links = 0

  const made = new Map(versions.map(({ id, name, number, folder }) => {
    const found = installed.get(id)
    const keywords = (found?.keywords ?? []).map(keywordOf.get)
    const maintainers = (found?.people ?? []).map(maintainerNamed.get)
    links += keywords.length + maintainers.length
    const version = create(Version, {
      number,
      folder: folder ?? null,
      bytes: found?.bytes ?? null,
      files: found?.files ?? null,
      package: packageNamed.get(name),
      licence: found?.licence === undefined ? null : licenceNamed.get(found.licence),
      keywords,
      maintainers,
    })
    return [id, version] as const
  }))

  for (const { from, to, kind, range } of edges) {
    const [dependent, required] = [made.get(from), made.get(to)]
    if (dependent === undefined || required === undefined) continue
    create(Dependency, { kind, range: range ?? installed.get(from)?.ranges[nameOf(to)] ?? null, dependent, required })
  }
  return {
    packages: packageNamed.all(),
    rows: packageNamed.all().length + licenceNamed.all().length + keywordOf.all().length + maintainerNamed.all().length + made.size + edges.length + links,
  }
}

const nameOf = (id: string): string => id.slice(0, Math.max(id.indexOf('@', 1), 0))

/** Makes the object of a name the first time that it is asked for. */
const once = <A>(make: (name: string) => A) => {
  const made = new Map<string, A>()
  return {
    get: (name: string): A => {
      const known = made.get(name)
      if (known !== undefined) return known
      const value = make(name)
      made.set(name, value)
      return value
    },
    all: (): readonly A[] => [...made.values()],
  }
}
