// Telling the warnings of a plan: each when the flush comes to what it is about.

import type { FlushWarning } from '@relata/core'
import type { SessionState } from '../state/model.js'

/** Tells the warnings that show after at least `from` steps and at most `to`. */
export const warn = ({ listeners }: SessionState, warnings: readonly FlushWarning[], from: number, to = Infinity): void => {
  for (const { after, code, message, relationship } of warnings) {
    if (after >= from && after <= to) listeners.onWarning?.({ _tag: 'SessionWarning', code, message, relationship })
  }
}
