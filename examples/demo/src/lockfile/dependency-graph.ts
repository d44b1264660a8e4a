// What a lockfile says, as a graph: versions of packages, and which needs which.

export type DependencyKind = 'production' | 'peer' | 'optional' | 'development'

export interface VersionNode {
  /** `name@number`, or the folder of a package of the workspace. */
  readonly id: string
  readonly name: string
  readonly number: string
  /** The folder of a package of the workspace, relative to the lockfile. */
  readonly folder?: string
}

export interface DependencyEdge {
  readonly from: string
  readonly to: string
  readonly kind: DependencyKind
  /** As the dependent wrote it, where the lockfile repeats that. */
  readonly range?: string
}

export interface DependencyGraph {
  readonly versions: readonly VersionNode[]
  readonly edges: readonly DependencyEdge[]
}

const strength: readonly DependencyKind[] = ['production', 'peer', 'optional', 'development']

/** A graph in which each pair occurs once, under its strongest kind, and every edge has both its ends. */
export const dependencyGraph = (versions: readonly VersionNode[], edges: readonly DependencyEdge[]): DependencyGraph => {
  const byId = new Map(versions.map((version) => [version.id, version]))
  const byPair = new Map<string, DependencyEdge>()
  for (const edge of edges) {
    if (!byId.has(edge.from) || !byId.has(edge.to)) continue
    const pair = `${edge.from} ${edge.to}`
    const known = byPair.get(pair)
    if (known === undefined || strength.indexOf(edge.kind) < strength.indexOf(known.kind)) byPair.set(pair, edge)
  }
  return { versions: [...byId.values()], edges: [...byPair.values()] }
}
