import { agreesWithTheRecordedCases } from './agreement.js'
import { postgresPlace } from './servers.js'

agreesWithTheRecordedCases('postgres', await postgresPlace())
