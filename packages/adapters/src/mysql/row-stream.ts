// The rows of a statement as they arrive, no faster than they are taken.

import { within } from '../statement/within.js'

/** A statement of mysql2 whose rows are delivered one by one. */
export interface RowSource {
  /** Settles when the last row was delivered, or with the error. */
  readonly done: Promise<void>
  onRow(listener: (row: unknown[]) => void): void
  pause(): void
  resume(): void
  /** Resolves with true once the server has dealt with it, with false where it still may. */
  cancel(): Promise<boolean>
  end(): Promise<void>
}

interface Progress {
  over: boolean
  wanted: boolean
  failed: { readonly error: unknown } | undefined
  wake: () => void
}

/** Batches of `size` rows. To return early stops the statement and leaves the connection idle, or ends it. */
export async function* rowBatches(source: RowSource, size: number): AsyncGenerator<unknown[][], void, undefined> {
  const waiting: unknown[][] = []
  const progress: Progress = { over: false, wanted: true, failed: undefined, wake: noop }
  source.onRow((row) => {
    if (!progress.wanted) return
    waiting.push(row)
    if (waiting.length >= 2 * size) source.pause()
    if (waiting.length >= size) progress.wake()
  })
  const over = source.done
    .catch((error: unknown) => {
      progress.failed = { error }
    })
    .finally(() => {
      progress.over = true
      progress.wake()
    })
  try {
    for (;;) {
      while (!progress.over && waiting.length < size) {
        await new Promise<void>((resolve) => {
          progress.wake = resolve
          source.resume()
        })
      }
      if (progress.failed !== undefined) throw progress.failed.error
      const rows = waiting.splice(0, size)
      if (rows.length === 0) return
      yield rows
    }
  } finally {
    progress.wanted = false
    if (!progress.over) await stop(source, over)
  }
}

// What is left is read and dropped; a long rest is stopped on the server.
async function stop(source: RowSource, over: Promise<void>): Promise<void> {
  const finished = over.then(() => true)
  source.resume()
  if ((await within(finished, 50)) === true) return
  const dealtWith = await source.cancel()
  if (!dealtWith || (await within(finished, 1000)) !== true) await source.end()
}

function noop(): void {}
