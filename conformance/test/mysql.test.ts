import { agreesWithTheRecordedCases } from './agreement.js'
import { mysqlPlace } from './servers.js'

agreesWithTheRecordedCases('mysql', await mysqlPlace())
