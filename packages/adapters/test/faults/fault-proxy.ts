// A proxy between a driver and its server that cuts the connection around COMMIT: before the server hears of it, or before its answer is heard.

import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

export type Cut = 'before the server hears' | 'before the answer is heard'

export interface FaultProxy {
  /** The address of the server, by way of the proxy. */
  readonly url: string
  /** What happens to the next COMMIT. */
  cutNext(cut: Cut): void
  close(): Promise<void>
}

/** Listens on a free port of this machine. What passes is not encrypted, so that COMMIT can be seen. */
export const faultProxy = async (target: string): Promise<FaultProxy> => {
  const server = new URL(target)
  const sockets = new Set<Socket>()
  let cut: Cut | undefined

  const listener = createServer((client) => {
    const upstream = connect(Number(server.port), server.hostname)
    const both = [client, upstream]
    let deaf = false
    const end = (): void => {
      for (const socket of both) {
        socket.destroy()
        sockets.delete(socket)
      }
    }
    for (const socket of both) {
      sockets.add(socket)
      socket.on('error', end)
      socket.on('close', end)
    }
    client.on('data', (bytes) => {
      if (cut !== undefined && bytes.includes('commit')) {
        const now = cut
        cut = undefined
        if (now === 'before the server hears') return end()
        deaf = true
      }
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => {
      if (deaf) end()
      else client.write(bytes)
    })
  })
  await new Promise<void>((resolve) => void listener.listen(0, '127.0.0.1', resolve))
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String((listener.address() as AddressInfo).port)
  return {
    url: url.href,
    cutNext: (next) => {
      cut = next
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => listener.close(resolve))
    },
  }
}
