// The programs in a page of the documentation: its ```ts blocks, each at the line where it stands on the page.

export interface Program {
  readonly page: string
  /** The file that it is written to: `blog.ts` where the block begins with `// blog.ts`, else named by its line. */
  readonly file: string
  /** The page's line of its first statement, counted from one. */
  readonly line: number
  /** Source with as many empty lines before it as there are lines before it on the page: an error's line is the page's. */
  readonly source: string
  /** Can it only run where a PostgreSQL server is? */
  readonly needsPostgresql: boolean
  /** What it prints, where the page shows that in an ```output block. */
  readonly output?: string
}

interface Block { readonly language: string; readonly words: readonly string[]; readonly line: number; readonly lines: readonly string[] }

/**
 * The programs of a page. A block marked ```ts continued is the rest of the one before it; ```ts sketch is not code to run.
 * One marked ```ts needs-postgresql runs where a server is. An ```output block shows what the program before it prints.
 */
export const programsIn = (page: string, markdown: string): readonly Program[] => {
  const programs: { readonly blocks: Block[]; output?: string }[] = []
  for (const block of blocksIn(markdown)) {
    const last = programs.at(-1)
    if (block.language === 'ts' && !block.words.includes('sketch')) {
      if (block.words.includes('continued') && last !== undefined) last.blocks.push(block)
      else programs.push({ blocks: [block] })
    } else if (block.language === 'output' && last !== undefined) last.output = `${last.output ?? ''}${block.lines.join('\n')}\n`
  }
  return programs.map(({ blocks, output }) => {
    const [first] = blocks as [Block]
    const lines: string[] = []
    for (const block of blocks) {
      while (lines.length < block.line - 1) lines.push('')
      lines.push(...block.lines)
    }
    const named = /^\/\/ ([\w-]+\.ts)$/.exec(first.lines[0] ?? '')
    return { page, file: named?.[1] ?? `line-${first.line}.ts`, line: first.line, source: `${lines.join('\n')}\n`, needsPostgresql: first.words.includes('needs-postgresql'), ...(output === undefined ? {} : { output }) }
  })
}

function blocksIn(markdown: string): readonly Block[] {
  const blocks: Block[] = []
  let open: { readonly fence: string; readonly language: string; readonly words: readonly string[]; readonly line: number; readonly lines: string[] } | undefined
  markdown.split('\n').forEach((text, at) => {
    const fence = /^(`{3,})\s*(\S*)\s*(.*)$/.exec(text)
    if (open === undefined && fence !== null) {
      open = { fence: fence[1] ?? '', language: fence[2] ?? '', words: (fence[3] ?? '').split(/\s+/), line: at + 2, lines: [] }
    } else if (open !== undefined && text.trimEnd() === open.fence) {
      blocks.push(open)
      open = undefined
    } else open?.lines.push(text)
  })
  return blocks
}
