// Which program asks for a connection: one that runs inside the program that has the only connection would wait for itself.

import { AsyncLocalStorage } from 'node:async_hooks'
import type { DriverError } from '@relata/sql/driver'
import { classified } from '../error/classified.js'

/** One program with its session, and the program that it was started from. */
export interface Scope {
  readonly outer: Scope | undefined
}

const running = new AsyncLocalStorage<Scope>()

/** A scope for one more program. What is given to it, and all that is started there, runs in the scope. */
export const openScope = (): (<A>(work: () => Promise<A>) => Promise<A>) => {
  const scope: Scope = { outer: running.getStore() }
  return (work) => running.run(scope, work)
}

/** The scope in which this very call is made. */
export const currentScope = (): Scope | undefined => running.getStore()

/** Is `scope` the one that is given, or was it started from there? */
export const isWithin = (scope: Scope | undefined, given: Scope | undefined): boolean => {
  if (given === undefined) return false
  for (let each = scope; each !== undefined; each = each.outer) if (each === given) return true
  return false
}

/** The error of a program that would wait for itself. */
export const reentrant = (): DriverError =>
  classified('reentrant', 'this is called from inside the program that has the only connection, and would wait for itself for ever: use the session of that program, or finish it first')
