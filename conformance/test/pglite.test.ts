import { agreesWithTheRecordedCases } from './agreement.js'

agreesWithTheRecordedCases('pglite', { url: undefined })
