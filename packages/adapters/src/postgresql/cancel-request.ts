// Asking a server to stop what a connection does, by the message of the protocol: it takes none of the server's connections, and is the
// only way through PgBouncer, which knows which server has the statement.

import { connect } from 'node:net'
import { resolvesWithin } from '../statement/within.js'

const cancelCode = 80_877_102

/** What the server said when it let a connection in, and where it listens. */
export interface BackendKey {
  /** A folder of sockets where it begins with a slash. */
  readonly host: string
  readonly port: number
  readonly processId: number
  readonly secret: number
}

/** Sends the request on a socket of its own; resolves with true once the server has dealt with it, with false where it still may. */
export const requestCancel = async ({ host, port, processId, secret }: BackendKey): Promise<boolean> => {
  const message = Buffer.alloc(16)
  message.writeInt32BE(16, 0)
  message.writeInt32BE(cancelCode, 4)
  // One library reads them as signed numbers, the other does not; a PgBouncer makes use of all bits.
  message.writeUInt32BE(processId >>> 0, 8)
  message.writeUInt32BE(secret >>> 0, 12)
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
  const closed = new Promise<void>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('close', () => resolve())
  })
  // It is the server that closes, once it has told the process: a PgBouncer that meets a closed socket here dies (seen with 1.18).
  socket.write(message)
  socket.resume()
  const dealtWith = await resolvesWithin(closed, 1000)
  socket.destroy()
  return dealtWith
}
