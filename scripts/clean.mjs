// Removes what `tsc -b` wrote.

import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const below = (/** @type {string} */ folder) => readdirSync(join(root, folder)).map((name) => join(folder, name))

for (const folder of [...below('packages'), ...below('examples'), 'conformance', 'bench']) {
  const dist = join(root, folder, 'dist')
  if (existsSync(dist)) rmSync(dist, { recursive: true })
}
