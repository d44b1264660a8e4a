// The leaves of queries: a part of the family in descriptor.ts.

export type { QueryLeaf, QueryNode, RelationshipRef } from './descriptor.js'
