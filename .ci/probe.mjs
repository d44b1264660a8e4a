// Answers with its exit code whether a database takes a query: node .ci/probe.mjs URL

import { createRequire } from 'node:module'

const require = createRequire(new URL('../packages/adapters/package.json', import.meta.url))
const url = process.argv[2] ?? ''

const give = setTimeout(() => process.exit(1), 5000)
try {
  if (url.startsWith('postgres')) {
    const { Client } = require('pg')
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000 })
    await client.connect()
    await client.query('select 1')
    await client.end()
  } else {
    const { createConnection } = require('mysql2/promise')
    const connection = await createConnection({ uri: url, connectTimeout: 3000 })
    await connection.query('select 1')
    await connection.end()
  }
} catch (error) {
  console.error(`${url}: ${error instanceof Error ? error.message || error.name : String(error)}`)
  process.exitCode = 1
}
clearTimeout(give)
