// Loader options as data: a part of the family in descriptor.ts.

export type { LoaderOption, LoadStrategy } from './descriptor.js'
