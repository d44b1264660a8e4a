// The driver of an adapter: opened once, for all runs with that adapter.

import type { Adapter, Driver } from '@relata/sql/driver'

const drivers = new WeakMap<Adapter, Promise<Driver>>()

/** The driver of an adapter; opening one that failed is tried again. */
export const driverOf = (adapter: Adapter): Promise<Driver> => {
  const known = drivers.get(adapter)
  if (known !== undefined) return known
  const opening = adapter.connect()
  drivers.set(adapter, opening)
  opening.catch(() => { if (drivers.get(adapter) === opening) drivers.delete(adapter) })
  return opening
}

/** Closes the driver of an adapter, if it is open. A later run opens it again. */
export const closeDriver = async (adapter: Adapter): Promise<void> => {
  const open = drivers.get(adapter)
  drivers.delete(adapter)
  if (open !== undefined) await (await open).close()
}
