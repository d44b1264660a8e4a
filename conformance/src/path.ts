// Paths: a name followed by attributes and indexes, `r[0].addresses[1].user`.

export type Segment = { readonly _tag: 'attribute'; readonly name: string } | { readonly _tag: 'index'; readonly index: number }

export interface Path { readonly name: string; readonly segments: readonly Segment[] }

export const parsePath = (text: string): Path => {
  const [name = '', ...rest] = text.match(/[^.[\]]+|\[\d+\]/g) ?? []
  return {
    name,
    segments: rest.map((part) => part.startsWith('[') ? { _tag: 'index', index: Number(part.slice(1, -1)) } : { _tag: 'attribute', name: part }),
  }
}
