// pnpm bench: prints each figure with its limit. It fails nothing: times are for people.

import pc from 'picocolors'
import { configureBenchmarks } from './configure.js'
import { growthBenchmarks } from './growth.js'
import type { Measured } from './measure.js'
import { mysqlAnswers, mysqlBenchmarks } from './mysql.js'
import { postgresAnswers, postgresBenchmarks } from './postgres.js'
import { sqliteBenchmarks } from './sqlite.js'

const only = process.argv[2]

const line = (measured: Measured): string => {
  if ('milliseconds' in measured) return row(measured.name, `${measured.milliseconds.toFixed(3)} ms`, `≤ ${measured.limit} ms`, measured.milliseconds <= measured.limit)
  const times = measured.ours / measured.floor
  return row(measured.name, `${times.toFixed(2)} ×`, `≤ ${measured.limit} ×`, times <= measured.limit,
    `${measured.ours.toFixed(1)} ms against ${measured.floor.toFixed(1)} ms${measured.processor === undefined ? '' : `, processor ${measured.processor.toFixed(2)} ×`}`)
}

const row = (name: string, value: string, limit: string, kept: boolean, note = ''): string =>
  `${name.padEnd(66)} ${(kept ? pc.green : pc.red)(value.padStart(10))} ${pc.dim(limit.padStart(9))}  ${pc.dim(note)}`

const onPostgres = await postgresAnswers() ? postgresBenchmarks : []
if (onPostgres.length === 0) console.log(pc.yellow('no PostgreSQL server answers: its benchmarks are left out (RELATA_POSTGRES_URL says where one is)'))

const onMysql = await mysqlAnswers() ? mysqlBenchmarks : []
if (onMysql.length === 0) console.log(pc.yellow('no MySQL or MariaDB server answers: its benchmarks are left out (RELATA_MYSQL_URL says where one is)'))

for (const benchmark of [...configureBenchmarks, ...sqliteBenchmarks, ...growthBenchmarks, ...onPostgres, ...onMysql]) {
  if (only !== undefined && !benchmark.name.includes(only)) continue
  const measured = await benchmark()
  for (const each of 'length' in measured ? measured : [measured]) console.log(line(each))
}
