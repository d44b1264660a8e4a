// What a read of rows is told, and what it tells when it is done.

import type { Instance } from '../state/instance.js'
import type { SessionState } from '../state/model.js'
import type { CompiledRead } from './compile-read.js'
import type { OptionsAt } from './travelling-options.js'

export type Row = readonly unknown[]

/** Where follow-ups wait for each other. */
export interface FollowUps { add(hydration: Hydration, reader: Reader, given: readonly unknown[]): void }

/** How the rows of one execution are taken. */
export interface Hydration {
  readonly session: SessionState
  readonly populateExisting: boolean
  /** False for a lazy load: objects that are there already are not looked into. */
  readonly descend: boolean
  /** An expired object is read again: what follows is a load of its own, which flushes first and leaves alone what this says has changes. */
  readonly again?: ((instance: Instance, relationship: string) => boolean) | undefined
  readonly optionsAt: OptionsAt
  /** Where what is read leaves its follow-ups, if it is one itself. */
  readonly level?: FollowUps
}

/** A read at work. */
export interface Reader {
  readonly compiled: CompiledRead
  /** The object of a row, or null where the row has none. */
  readonly read: (row: Row) => Instance | null
  /** Objects met, each once, in order; within other objects' rows only where follow-ups ask for them. */
  readonly met: Instance[]
  /** Those of `met` that this load made; the others were there. Known only where follow-ups ask for it. */
  readonly fresh: ReadonlySet<Instance>
  readonly related: readonly Reader[]
  /** Was the object of the last row made for it? */
  readonly made: boolean
  /** Puts what was gathered into the objects. */
  readonly finish: () => void
}
