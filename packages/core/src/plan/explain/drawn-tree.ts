// A tree drawn with lines, as text.

export interface DrawnTree {
  /** One line, or several that stand below each other. */
  readonly text: string
  readonly below?: readonly DrawnTree[]
}

/** The lines of a tree, its root first. */
export const drawnTree = ({ text, below = [] }: DrawnTree): readonly string[] => [...text.split('\n'), ...branches(below)]

const branches = (trees: readonly DrawnTree[]): readonly string[] =>
  trees.flatMap((tree, index) => {
    const last = index === trees.length - 1
    return drawnTree(tree).map((line, nth) => `${nth === 0 ? (last ? '└ ' : '├ ') : last ? '  ' : '│ '}${line}`)
  })
