// Tarjan's algorithm without recursion: the strongly connected components of a graph, those that others depend on last.

/** Components of nodes 0 … size-1, each with its nodes ascending; every edge leads into the same or an earlier component. */
export const stronglyConnected = (size: number, edges: readonly (readonly number[])[]): readonly (readonly number[])[] => {
  const index = new Int32Array(size).fill(-1)
  const low = new Int32Array(size)
  const onStack = new Uint8Array(size)
  const stack: number[] = []
  const components: number[][] = []
  let counter = 0
  for (let start = 0; start < size; start++) {
    if (index[start] !== -1) continue
    const work: { readonly node: number; next: number }[] = []
    const visit = (node: number): void => {
      index[node] = low[node] = counter++
      stack.push(node)
      onStack[node] = 1
      work.push({ node, next: 0 })
    }
    visit(start)
    for (let frame = work[work.length - 1]; frame !== undefined; frame = work[work.length - 1]) {
      const { node } = frame
      const to = edges[node]?.[frame.next++]
      if (to !== undefined) {
        if (index[to] === -1) visit(to)
        else if (onStack[to] === 1) low[node] = Math.min(low[node] ?? 0, index[to] ?? 0)
        continue
      }
      work.pop()
      const above = work[work.length - 1]
      if (above !== undefined) low[above.node] = Math.min(low[above.node] ?? 0, low[node] ?? 0)
      if (low[node] !== index[node]) continue
      const component: number[] = []
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        onStack[member] = 0
        component.push(member)
        if (member === node) break
      }
      components.push(component.toSorted((a, b) => a - b))
    }
  }
  return components
}
