// The dialect that fits a driver.

import { dialectFor, dialects, engines, onEngine } from '@relata/sql'
import { defaultCapabilities } from '@relata/sql/driver'
import { expect, it } from 'vitest'
import { smallDriver } from '../contract/small-driver.js'

const capable = { ...defaultCapabilities, returning: { insert: true, update: true, delete: true }, maxParams: 100_000 }

it('is the record of its name where the driver denies nothing', () => {
  expect(dialectFor({ dialect: 'sqlite', capabilities: capable })).toBe(dialects.sqlite)
})

it('is less where the driver denies something, and the same every time', () => {
  const driver = { dialect: 'sqlite', capabilities: { ...capable, returning: { insert: true, update: false, delete: true }, maxParams: 999 } } as const
  expect(dialectFor(driver)).toMatchObject({ name: 'sqlite', supports: { returning: { insert: true, update: false, delete: true } }, parameter: { max: 999 } })
  expect(dialectFor(driver)).toBe(dialectFor(driver))
})

it('is never more than the record', () => {
  expect(dialectFor({ dialect: 'mysql', capabilities: capable }).supports.returning).toEqual({ insert: false, update: false, delete: false })
})

it('is that of the engine where another speaks the protocol', async () => {
  const adapter = onEngine('citus', { _tag: 'Adapter', name: 'small', connect: async () => ({ ...smallDriver(), dialect: 'postgres' as const }) })
  const driver = await adapter.connect()
  expect(driver).toMatchObject({ name: 'small', engine: 'citus', capabilities: { insertIdsConsecutive: false } })
  expect(dialectFor(driver)).toMatchObject({ name: 'postgres', write: { insertRows: 'values', updateRows: 'case' } })
  await driver.close()
})

it('is plain data', () => {
  for (const dialect of [...Object.values(dialects), ...Object.values(engines).map((engine) => engine.dialect)]) expect(() => structuredClone(dialect)).not.toThrow()
})
