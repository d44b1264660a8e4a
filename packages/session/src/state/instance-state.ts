// The names under which the part of the model about one instance is imported.

export { absent, loaded, stale, unknownValue } from './model.js'
export type { ChangeLog, CollectionChange, IdentityKey, InstanceState, LazyOptions, Lifecycle, LoadContext, SlotStatus } from './model.js'
