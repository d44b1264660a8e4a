import { createServer, type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { requestCancel } from '../../src/postgresql/cancel-request.js'

/** A server that answers a request by `answer`, with what it was sent. */
const listening = async (answer: (end: () => void) => void): Promise<{ readonly port: number; readonly heard: Buffer[] }> => {
  const heard: Buffer[] = []
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      heard.push(bytes)
      answer(() => socket.end())
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { port: (server.address() as AddressInfo).port, heard }
}

test.each([[17, -2], [4_203_452_279, 4_294_967_294]])('the request for process %d with key %d is sixteen bytes, signed or not', async (processId, secret) => {
  const { port, heard } = await listening((end) => end())
  expect(await requestCancel({ host: '127.0.0.1', port, processId, secret })).toBe(true)
  expect(Buffer.concat(heard).toString('hex')).toBe(`0000001004d2162e${(processId >>> 0).toString(16).padStart(8, '0')}fffffffe`)
})

test('it is dealt with once the server has closed, not before', async () => {
  let closed = false
  const { port } = await listening((end) => setTimeout(() => {
    closed = true
    end()
  }, 100))
  expect(await requestCancel({ host: '127.0.0.1', port, processId: 1, secret: 1 }).then((dealtWith) => [dealtWith, closed])).toEqual([true, true])
})

test('a server that does not answer may still deal with it', async () => {
  const { port } = await listening(() => undefined)
  expect(await requestCancel({ host: '127.0.0.1', port, processId: 1, secret: 1 })).toBe(false)
})

test('a server that is not there has not', async () => {
  expect(await requestCancel({ host: '127.0.0.1', port: 1, processId: 1, secret: 1 })).toBe(false)
})
