// A graph of objects drawn as a tree.

import type { Screen } from './screen.js'
import { cut, tame, widthOf } from './text.js'

export interface TreeNode {
  readonly label: string
  readonly note?: string
  readonly children?: readonly TreeNode[]
  /** What is not drawn below it. */
  readonly more?: string
}

/** A tree's lines, root first. Labels are cut at the screen's edge; notes give way first. */
export const tree = (screen: Screen, root: TreeNode): readonly string[] => [label(screen, root, ''), ...branches(screen, root, '')]

const branches = (screen: Screen, node: TreeNode, stem: string): readonly string[] => {
  const children: readonly TreeNode[] = [...(node.children ?? []), ...(node.more === undefined ? [] : [{ label: '', note: node.more }])]
  return children.flatMap((child, at) => {
    const last = at === children.length - 1
    return [label(screen, child, `${stem}${last ? '└─ ' : '├─ '}`), ...branches(screen, child, `${stem}${last ? '   ' : '│  '}`)]
  })
}

const label = ({ colours, width }: Screen, { label: text, note }: TreeNode, stem: string): string => {
  const shown = cut(tame(text), Math.max(8, width - widthOf(stem)))
  const room = width - widthOf(stem) - widthOf(shown) - (shown === '' ? 0 : 1)
  const remark = note === undefined || room < 4 ? '' : `${shown === '' ? '' : ' '}${colours.dim(cut(tame(note), room))}`
  return `${colours.dim(stem)}${shown}${remark}`
}
