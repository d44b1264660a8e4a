import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readLockfile } from '../../src/lockfile/read-lockfile.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relata-demo-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('says where the lockfile should be and what to do', async () => {
  expect(await readLockfile(folder)()).toMatchObject({
    left: { code: 'missing', message: `There is no lockfile at ${join(folder, 'pnpm-lock.yaml')}.`, hint: expect.stringContaining('pnpm install') },
  })
})

it('refuses a lockfile without dependencies', async () => {
  await writeFile(join(folder, 'pnpm-lock.yaml'), "lockfileVersion: '9.0'\nimporters: { .: {} }\n")
  expect(await readLockfile(folder)()).toMatchObject({ left: { code: 'empty' } })
})
