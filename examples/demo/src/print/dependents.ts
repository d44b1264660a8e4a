// Who needs a package, drawn as a tree away from it.

import type { Dependents } from '../questions/dependents.js'
import { counted } from './amount.js'
import { remark } from './heading.js'
import type { Screen } from './screen.js'
import { tree } from './tree.js'
import type { TreeNode } from './tree.js'

type Named = Dependents['levels'][number][number]

const widestBranch = 5

/** A tree for each version of the package, each dependent drawn once; then how far it goes. */
export const dependents = (screen: Screen, { levels, directly }: Dependents): readonly string[] => {
  const drawn = new Set<Named>()
  const node = (version: Named): TreeNode => {
    const again = drawn.has(version)
    drawn.add(version)
    const inner = again ? [] : [...(directly.get(version) ?? [])].toSorted((a, b) => (directly.get(b)?.length ?? 0) - (directly.get(a)?.length ?? 0) || a.package.name.localeCompare(b.package.name))
    const shown = inner.slice(0, widestBranch)
    return {
      label: version.package.name,
      note: version.folder === null ? `${version.number}${again && (directly.get(version)?.length ?? 0) > 0 ? ' (drawn above)' : ''}` : `of this workspace${again ? ' (drawn above)' : ''}`,
      children: shown.map(node),
      ...(inner.length > shown.length ? { more: `… ${inner.length - shown.length} more` } : {}),
    }
  }
  const others = levels.slice(1).flat()
  const own = others.filter(({ folder }) => folder !== null)
  return [
    ...(levels[0] ?? []).flatMap((version) => tree(screen, node(version))),
    ...remark(screen, `${counted(others.length, 'version')} need it, ${own.length} of them of this workspace; the farthest is ${counted(levels.length - 1, 'step')} away.`),
  ]
}
