// Which objects a session's verbs take: instances of its own mapping, and for some verbs only those that it has.

import type { Mapping } from '@relata/core'
import { fail } from '../relata-error.js'
import type { Instance } from '../state/instance.js'
import type { SessionState } from '../state/model.js'
import { describe, entityOf, instanceFrom, lifecycleOf, sessionOf } from '../state/state-of.js'

/** An instance of an entity of the session's registry. */
export const ofMapping = (session: SessionState, given: unknown, verb: string): Instance => {
  const instance = instanceFrom(given, verb)
  const entity = entityOf(instance)
  if (session.mapping.entities[entity.name] !== entity) fail({
    _tag: 'ChangeRefused', code: 'wrong-type', message: `${verb}: ${describe(instance)} is of another registry than this session`,
    hint: 'run the program with the registry whose handles made the object',
  })
  return instance
}

/** Refuses a handle of another registry than the session's. */
export const checkMapping = (session: SessionState, mapping: Mapping, verb: string): void => {
  if (session.mapping !== mapping) fail({
    _tag: 'QueryRefused', code: 'argument', message: `${verb}: the handle is of another registry than this session`, hint: 'run the program with the registry that the handle is of',
  })
}

/** A persistent object of the session. */
export const persistentIn = (session: SessionState, given: unknown, verb: string): Instance => {
  const instance = ofMapping(session, given, verb)
  if (sessionOf(instance) !== session || lifecycleOf(instance) !== 'persistent') fail({
    _tag: 'ChangeRefused', code: 'not-persistent', message: `${verb}: ${describe(instance)} is not persistent in this session (it is ${lifecycleOf(instance)})`,
    hint: 'add it, or flush, first',
  })
  return instance
}
