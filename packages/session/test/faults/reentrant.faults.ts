// Programs inside a transaction ask for the only connection, again and again: each is told so, and none waits.

import { commit, createAll, disconnect, dropAll, run, sql, transaction } from '@relata/session'
import * as E from 'fp-ts/lib/Either.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { library } from '../library.js'
import { embedded, servers } from './subjects.js'

const calls = 1000

describe.each([...embedded, ...servers])('$name', ({ name, missing, open }) => {
  test.skipIf(missing !== undefined)(`${calls} calls from inside${missing === undefined ? '' : `: ${missing}`}`, async () => {
    const adapter = await open({ max: 1 })
    await run(library, adapter)(pipe(dropAll(library), RTE.chain(() => createAll(library)), RTE.chain(() => commit)))()
    const kinds = new Map<string, number>()
    let slowest = 0
    const ask = async (): Promise<void> => {
      for (let call = 0; call < calls; call++) {
        const before = performance.now()
        const answer = await run(library, adapter)(sql('select 1'))()
        slowest = Math.max(slowest, performance.now() - before)
        const kind = E.isRight(answer) ? 'answered' : answer.left._tag === 'DatabaseFailed' ? answer.left.driver.kind : answer.left.code
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      }
    }
    const result = await run(library, adapter)(transaction(pipe(sql('select 1'), RTE.chainFirst(() => RTE.fromTask(ask)), RTE.chain(() => sql('select 2')))))()
    const after = await run(library, adapter)(sql('select 3'))()
    await disconnect(adapter)()
    console.info(`${name}: ${calls} calls from inside the transaction that has the connection, ${JSON.stringify([...kinds])}, slowest ${slowest.toFixed(1)} ms`)
    expect([...kinds]).toEqual([['reentrant', calls]])
    expect(slowest).toBeLessThan(100)
    expect([result, after].map((each) => E.isRight(each) && each.right)).toEqual([[[2]], [[3]]])
  }, 60_000)
})
