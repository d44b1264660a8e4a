// A stream as `for await` takes it: one result after another, read in batches.

import type { ResultOf, Runnable } from '@relata/core'
import type { Db as Program } from '../db.js'
import { openStream, type OpenStream, type StreamOptions } from '../stream/stream.js'

/** The results of a query; leaving the loop early closes the stream. Each iteration over it is a stream of its own. */
export const iterate = <Q extends Runnable>(run: <A>(program: Program<A>) => Promise<A>, query: Q, options: StreamOptions | undefined): AsyncIterable<ResultOf<Q>> => ({
  async *[Symbol.asyncIterator]() {
    const stream: OpenStream<ResultOf<Q>> = await run(openStream(query, options))
    try {
      for (let batch = await run(stream.next); batch !== undefined; batch = await run(stream.next)) yield* batch
    } finally {
      await run(stream.close)
    }
  },
})
