// Selects as data: a part of the family in descriptor.ts.

export type { CommonTable, QueryJoin, RowLock, SelectDescriptor, Source } from './descriptor.js'
