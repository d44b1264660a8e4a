// The published declarations compile for consumers on older compilers, and with their libraries checked.

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { compile } from './compiling.js'
import type { Compiler } from './compiling.js'

const shop = readFileSync(new URL('./shop.ts', import.meta.url), 'utf8')
const program = `${shop}
import { pipe } from 'fp-ts/lib/function.js'
import { any, eq as equal, like, options, select, selectinload, where } from '@relata/core'
import type { ResultOf } from '@relata/core'
export const query = pipe(select(Customer), where(any(Customer.orders, equal(Order.status, 'paid')), like(Customer.name, 'A%')), options(selectinload(Customer.orders)))
export const status = (customer: ResultOf<typeof query>): 'open' | 'paid' | 'void' | undefined => customer.orders[0]?.status
`

const built = existsSync(fileURLToPath(new URL('../../dist/index.d.ts', import.meta.url)))

for (const compiler of ['typescript-5.9', 'typescript-6', 'typescript'] satisfies Compiler[]) {
  test.skipIf(!built)(`a consumer on ${compiler} compiles`, async () => {
    const { output, succeeded } = await compile(program, { compiler, published: true, checked: true })
    expect(output).not.toContain('error')
    expect(succeeded).toBe(true)
  }, 120_000)
}
