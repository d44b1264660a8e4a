// Asking a server to stop what a connection does, by the message of the protocol: the only way through PgBouncer, which knows which server has it.

import { connect } from 'node:net'
import type { Client } from 'pg'
import { resolvesWithin } from '../statement/within.js'

const cancelCode = 80_877_102

/** Sends the request on a socket of its own; resolves with true once the server has dealt with it, with false where it still may. */
export const requestCancel = async (client: Client): Promise<boolean> => {
  // What the server said when it let us in, which the types of the library leave out.
  const processId: unknown = Reflect.get(client, 'processID')
  const secret: unknown = Reflect.get(client, 'secretKey')
  if (typeof processId !== 'number' || typeof secret !== 'number') return true
  const message = Buffer.alloc(16)
  message.writeInt32BE(16, 0)
  message.writeInt32BE(cancelCode, 4)
  message.writeInt32BE(processId, 8)
  message.writeInt32BE(secret, 12)
  const socket = client.host.startsWith('/') ? connect(`${client.host}/.s.PGSQL.${client.port}`) : connect(client.port, client.host)
  const closed = new Promise<void>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('close', () => resolve())
  })
  // It is the server that closes: a PgBouncer that meets a closed socket here dies (seen with 1.18).
  socket.write(message)
  socket.resume()
  const dealtWith = await resolvesWithin(closed, 1000)
  socket.destroy()
  return dealtWith
}
