import { agreesWithTheRecordedCases, type Place } from './agreement.js'

const place: Place = await import('@relata/adapters/sqlite').then(async ({ sqlite }) => {
  await (await sqlite().connect()).close()
  return { url: undefined }
}).catch(() => ({ missing: 'its addon is not built' }))

agreesWithTheRecordedCases('sqlite', place)
