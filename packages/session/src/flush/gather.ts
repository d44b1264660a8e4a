// What the verbs recorded, written down for the planner: the changed objects and all they refer to, as closed data. Nothing here
// looks at an object that is neither; nothing is loaded.

import type { FlushInput, FlushState } from '@relata/core'
import type { Instance } from '../state/instance.js'
import type { SessionState } from '../state/model.js'
import { committedKey, entityOf, isExpired, lifecycleOf, ownState, sessionOf } from '../state/state-of.js'
import { meet } from '../state/walk.js'
import { idOf, type FlushNames } from './flush-names.js'
import { columnsOf, rekeyed } from './gather-columns.js'
import { linksOf } from './gather-links.js'
import { toldOfDeleted } from './told-of-deleted.js'
import { parentsOf } from './gather-parents.js'
import { tellReferrers } from './gather-referrers.js'
import { gathering, none, type Gathering } from './gathering.js'

/** The input of `planFlush` for what the session has recorded now. */
export const gather = (session: SessionState, names: FlushNames): FlushInput => {
  const to = gathering(session, names)
  session.deleted.forEach((instance) => { tell(to, instance, true) })
  session.pending.forEach((instance) => { tell(to, instance, true) })
  session.dirty.forEach(({ instance }) => { tell(to, instance, true) })
  tellReferrers(to)
  for (let next = 0; next < to.waiting.length; next++) {
    const instance = to.waiting[next]
    if (instance !== undefined) tell(to, instance, false)
  }
  return { _tag: 'FlushInput', objects: to.objects }
}

const tell = (to: Gathering, instance: Instance, changed: boolean): void => {
  const { session, names } = to
  const state = ownState(instance)
  if (!meet(to.walk, instance, state)) return
  const entity = entityOf(instance)
  const id = idOf(session, names, instance, state)
  const is = flushState(session, instance)
  const columns = columnsOf(session, instance, entity, state)
  const key = is === 'new' ? undefined : committedKey(instance)
  const open = is === 'deleted' || (names.open.size > 0 && names.open.has(id)) || rekeyed(session.mapping, entity, columns)
  const onlyGoes = to.onlyDeletes && is === 'deleted' && !names.open.has(id)
  to.objects.push({
    id, entity: entity.name, state: is, changed, order: state?.order ?? 0, key, columns,
    relationships: changed || open ? linksOf(to, instance, onlyGoes ? toldOfDeleted(session.mapping, entity) : entity.relationships, state, open) : none,
    parents: state === undefined || state.parents.size === 0 ? none : parentsOf(to, state),
    stray: state?.orphanedOutside === true, expired: names.read.has(id) ? 'read' : is !== 'new' && isExpired(instance) ? 'unread' : undefined, told: open && !onlyGoes,
  })
}

const flushState = (session: SessionState, instance: Instance): FlushState => {
  const lifecycle = lifecycleOf(instance)
  if (lifecycle === 'deleted') return session.deleted.has(instance) ? 'deleted' : 'gone'
  if (sessionOf(instance) !== session) return 'outside'
  if (lifecycle === 'pending') return 'new'
  return session.deleted.has(instance) ? 'deleted' : 'kept'
}
