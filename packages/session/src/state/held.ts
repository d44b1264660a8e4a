// Objects that a stream has let go of: they are in no session, and a change of them would be lost.

import { fail } from '../relata-error.js'
import { Instance } from './instance.js'
import type { LoadContext } from './model.js'
import { describe } from './state-of.js'

const letGo = new WeakSet<LoadContext>()

/** Notes that the objects of a context were let go. */
export const markLetGo = (context: LoadContext): void => {
  letGo.add(context)
}

/** Refuses a change that no session would write. */
export const checkHeld = (instance: Instance, verb: string): void => {
  const backing = Instance.backing(instance)
  if (backing._tag === 'context' && backing.session === undefined && letGo.has(backing)) fail({
    _tag: 'ChangeRefused', code: 'detached', message: `${verb}: ${describe(instance)} was let go when its stream went on, so that no session would write the change`,
    hint: 'change it before the next batch is read, or stream with { keep: true }; add() takes it back into the session',
  })
}
