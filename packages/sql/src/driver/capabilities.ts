// Capabilities of a database that an adapter says nothing about: the careful answer.

import type { Capabilities } from './driver.js'

export const defaultCapabilities: Capabilities = {
  returning: { insert: false, update: false, delete: false },
  insertId: 'none',
  insertIdsConsecutive: false,
  maxParams: 900,
  errorAbortsTransaction: true,
  streamIsExclusive: true,
  cancel: false,
  savepoints: true,
  deferrableConstraints: false,
}
