// The dialect that fits a driver.

import { dialectFor, dialects } from '@relata/sql'
import { defaultCapabilities } from '@relata/sql/driver'
import { expect, it } from 'vitest'

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

it('is plain data', () => {
  for (const dialect of Object.values(dialects)) expect(() => structuredClone(dialect)).not.toThrow()
})
