// The public names of @relata/session/plain.

export { open, type Db, type PlainPage } from './database.js'
export { query } from './query.js'
export { RelataError } from '../relata-error.js'
export { closeAdapter } from './close-adapter.js'
