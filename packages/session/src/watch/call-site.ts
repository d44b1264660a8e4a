// Where in the program a load was asked for: the line of its own code, out of a stack that is taken only where somebody listens.

import type { SessionState } from '../state/model.js'

/** How many sessions want call sites: a verb that is put together before its session is known looks here. */
let wanted = 0
const sites = new WeakMap<SessionState, string | undefined>()

/** From now until the answer is called, verbs note where they are called from. */
export const wantCallSites = (): (() => void) => {
  wanted++
  let over = false
  return () => {
    if (!over) wanted--
    over = true
  }
}

/** The line of the program's own code that called, where anybody wants to know. */
export const callSite = (): string | undefined => (wanted === 0 ? undefined : firstOwnLine(new Error('call site').stack))

/** Says for which line the session works now. */
export const workFor = (session: SessionState, site: string | undefined): void => {
  if (session.listeners.onRepeatedLoad !== undefined) sites.set(session, site)
}

export const currentSite = (session: SessionState): string | undefined => sites.get(session)

/** The folder of this package: its own lines, those of what it stands on and of the platform are none of the program's. */
const own = import.meta.url.slice(0, import.meta.url.lastIndexOf('/watch/') + 1)
const path = own.replace(/^file:\/\/(?=\/)/, '')

const firstOwnLine = (stack: string | undefined): string | undefined =>
  stack?.split('\n').slice(1).map((line) => line.trim().replace(/^at (?:async )?/, ''))
    .find((line) => line !== '' && !line.includes('node:') && !line.includes('/node_modules/') && !line.includes(own) && !line.includes(path) && !line.startsWith('<anonymous>') && !/^(?:Array|Promise|Object)\.\w+ \(<anonymous>\)$/.test(line))
