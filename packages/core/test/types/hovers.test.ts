// What an editor shows for expressions that people write: names, and few lines.

import { fileURLToPath } from 'node:url'
import ts from 'typescript-6'
import { beforeAll, expect, test } from 'vitest'

const here = fileURLToPath(new URL('.', import.meta.url))
const file = `${here}hovered.ts`
const sources = fileURLToPath(new URL('../../src/index.ts', import.meta.url))

const service = ts.createLanguageService({
  getCompilationSettings: () => ({
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    types: [],
    paths: { '@relata/core': [sources] },
  }),
  getScriptFileNames: () => [file],
  getScriptVersion: () => '1',
  getScriptSnapshot: (name) => {
    const text = ts.sys.readFile(name)
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
  },
  getCurrentDirectory: () => here,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
})

/** What an editor shows for an exported name. */
const hover = (name: string): string => {
  const declaration = `export const ${name} `
  const at = (ts.sys.readFile(file) ?? '').indexOf(declaration) + declaration.length - 2
  return ts.displayPartsToString(service.getQuickInfoAtPosition(file, at)?.displayParts)
}

const expected: Readonly<Record<string, string>> = {
  handle: 'const handle: Handle<Shop, "Customer">',
  attribute: 'const attribute: Attr<string | null, "Customer", "city">',
  relation: 'const relation: Rel<Shop, "Order", "lines", "OrderLine", true, "Order", "OrderLine">',
  condition: 'const condition: Condition<"Customer">',
  query: `const query: Query<Shop, "Order", {
    readonly lines: {
        readonly product: {};
    };
}, "Order", never>`,
  program: `const program: Db<readonly Instance<Shop, "Order", {
    readonly lines: {
        readonly product: {};
    };
}>[], Failed>`,
  made: 'const made: Created<Shop, "Customer">',
  rows: `const rows: RowQuery<{
    readonly city: Attr<string | null, "Customer", "city">;
    readonly orders: FunctionExpr<number, "Order", never>;
}, "Customer" | "Order", "Order", never>`,
}

// The first question makes the compiler read everything.
beforeAll(() => {
  hover('handle')
}, 180_000)

for (const [name, text] of Object.entries(expected)) {
  test(`the hover of '${name}' is named and short`, () => {
    expect(hover(name)).toBe(text)
    expect(hover(name).split('\n').length).toBeLessThanOrEqual(5)
  })
}
