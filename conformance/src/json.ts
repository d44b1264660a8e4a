// Reading what a case holds: each function gives what is asked for or complains.

import type { Json } from './case.js'

export const listOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : wrong('a list', value))

export const recordOf = (value: Json | undefined): { readonly [key: string]: Json } => (isRecord(value) ? value : wrong('a record', value))

export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : wrong('a text', value))

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

export const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value)

const wrong = (kind: string, value: unknown): never => {
  throw new Error(`not ${kind}: ${JSON.stringify(value)}`)
}
