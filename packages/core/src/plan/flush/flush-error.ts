// Why a flush cannot be planned: found before any statement is sent.

import type { ObjectId } from './flush-input.js'
import type { FlushWarning } from './flush-plan.js'

export type FlushErrorCode = 'circular-dependency' | 'blank-out-primary-key' | 'null-identity' | 'integrity' | 'wrong-type' | 'flush'

export interface FlushError {
  readonly _tag: 'FlushError'
  readonly code: FlushErrorCode
  readonly message: string
  readonly hint: string
  readonly objects: readonly ObjectId[]
  readonly relationship?: string
  readonly column?: string
  /** Those that show before any row is written. */
  readonly warnings: readonly FlushWarning[]
}

/** How an error leaves the passes; `planFlush` turns it into a value. */
export class FlushRefused extends Error {
  readonly refusal: FlushError

  constructor(refusal: FlushError) {
    super(refusal.message)
    this.refusal = refusal
  }
}

export const refuse = (refusal: Omit<FlushError, '_tag' | 'warnings'>): never => {
  throw new FlushRefused({ _tag: 'FlushError', ...refusal, warnings: [] })
}
