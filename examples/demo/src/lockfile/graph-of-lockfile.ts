// From the entries of a lockfile to versions and edges.

import { posix } from 'node:path'
import { dependencyGraph } from './dependency-graph.js'
import type { DependencyEdge, DependencyGraph, DependencyKind, VersionNode } from './dependency-graph.js'
import type { Importer, Lockfile } from './decode-lockfile.js'

/** The graph of a lockfile. `nameOf` tells what a package of the workspace is called, by its folder. */
export const graphOfLockfile = (lockfile: Lockfile, nameOf: (folder: string) => string): DependencyGraph => {
  const snapshots = lockfile.snapshots ?? {}
  const packages = lockfile.packages ?? {}
  const known = new Set([...Object.keys(packages), ...Object.keys(snapshots).map(withoutPeers)])

  const resolve = (name: string, reference: string): string => {
    const version = withoutPeers(reference)
    return known.has(version) ? version : `${name}@${version}` // an alias names the package that it stands for
  }

  const versions: VersionNode[] = [
    ...Object.keys(lockfile.importers).map((folder) => ({ id: importerId(folder), name: nameOf(folder), number: 'workspace', folder })),
    ...[...known].map((id) => ({ id, ...splitId(id) })),
  ]

  const edges: DependencyEdge[] = []
  for (const [folder, importer] of Object.entries(lockfile.importers)) {
    for (const [kind, requirements] of requirementsOf(importer)) {
      for (const [name, { specifier, version }] of Object.entries(requirements)) {
        const to = version.startsWith('link:') ? importerId(posix.normalize(posix.join(folder, version.slice('link:'.length)))) : resolve(name, version)
        edges.push({ from: importerId(folder), to, kind, range: specifier })
      }
    }
  }
  for (const [id, snapshot] of Object.entries(snapshots)) {
    const from = withoutPeers(id)
    const peers = packages[from]?.peerDependencies ?? {}
    for (const [name, reference] of Object.entries(snapshot.dependencies ?? {})) {
      const range = peers[name]
      edges.push({ from, to: resolve(name, reference), kind: range === undefined ? 'production' : 'peer', ...(range === undefined ? {} : { range }) })
    }
    for (const [name, reference] of Object.entries(snapshot.optionalDependencies ?? {})) edges.push({ from, to: resolve(name, reference), kind: 'optional' })
  }
  return dependencyGraph(versions, edges)
}

const importerId = (folder: string): string => `./${folder}`

const requirementsOf = (importer: Importer) =>
  [
    ['production', importer.dependencies ?? {}],
    ['optional', importer.optionalDependencies ?? {}],
    ['development', importer.devDependencies ?? {}],
  ] as const satisfies readonly (readonly [DependencyKind, Importer['dependencies']])[]

/** `vite@8.3.8(yaml@2.9.1)` is `vite@8.3.8`, with the peers that it found here. */
const withoutPeers = (id: string): string => {
  const at = id.indexOf('(')
  return at === -1 ? id : id.slice(0, at)
}

/** A scope begins with an @ too. */
const splitId = (id: string): { readonly name: string; readonly number: string } => {
  const at = id.indexOf('@', 1)
  return at === -1 ? { name: id, number: '' } : { name: id.slice(0, at), number: id.slice(at + 1) }
}
