// The state of an instance as it lies in memory. Most objects never meet what stands in the prototype: there are as many states as
// objects, and each field of its own costs.

import type { MappedEntity } from '@relata/core'
import type { Instance } from './instance.js'
import type { CollectionChange, IdentityKey, InstanceState, LazyOptions, Lifecycle, SessionState, SlotStatus } from './model.js'
import { withKnownShape } from './kept-shape.js'
import { noEntries, type SharedSmallMap } from './small-map.js'

const rarely = { orphanedOutside: false, assumed: undefined, former: undefined, expressions: undefined, covered: undefined, loadOnPending: false }

export class StateRecord implements InstanceState {
  readonly instance: Instance
  readonly entity: MappedEntity
  session: SessionState | undefined = undefined
  lifecycle: Lifecycle = 'transient'
  key: IdentityKey | undefined = undefined
  keyValues: readonly unknown[] | undefined = undefined
  readonly status: SlotStatus
  committed: SharedSmallMap<number, unknown> = noEntries()
  changes: SharedSmallMap<number, CollectionChange> = noEntries()
  queued: SharedSmallMap<number, CollectionChange> = noEntries()
  parents: SharedSmallMap<string, Instance | null> = noEntries()
  order = 0
  flushId = 0
  flushNumber = 0
  walk = 0
  options: LazyOptions | undefined = undefined
  // Of a flush of deletions every object is: a field added later would be a second object each.
  gone = false

  declare readonly _tag: 'state'
  declare orphanedOutside: boolean
  declare assumed: Set<number> | undefined
  declare former: Set<number> | undefined
  declare expressions: InstanceState['expressions']
  declare covered: Map<number, unknown> | undefined
  declare loadOnPending: boolean

  constructor(instance: Instance, entity: MappedEntity, status: SlotStatus) {
    this.instance = instance
    this.entity = entity
    this.status = status
  }

  static {
    Object.assign(this.prototype, { _tag: 'state', ...rarely })
  }

  /** Of no object. */
  static readonly samples = [{}, ...Object.entries(rarely).map(([field, value]) => ({ [field]: value }))]
    .map((fields) => withKnownShape(Object.assign(new StateRecord({} as never, {} as never, []), fields), ['session', 'lifecycle', 'key', 'keyValues', 'options']))
}
