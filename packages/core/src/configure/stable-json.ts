// JSON of which equal data gives equal text: keys sorted, functions left out.

/** The text of a value; what JSON cannot say is said in words, so that nothing throws. */
export const stableJson = (value: unknown): string => {
  switch (typeof value) {
    case 'string': return JSON.stringify(value)
    case 'number':
    case 'boolean': return String(value)
    case 'bigint': return `${value}n`
    case 'undefined': return 'undefined'
    case 'function':
    case 'symbol': return `"${typeof value}"`
    default: return objectJson(value)
  }
}

const objectJson = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return 'null'
  if (Array.isArray(value)) return `[${value.map(stableJson).join(',')}]`
  if (value instanceof Date) return `"${Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString()}"`
  if (value instanceof Set) return stableJson([...value])
  if (value instanceof Map) return stableJson([...value])
  const record = value as Readonly<Record<string, unknown>>
  let text = ''
  for (const name of Object.keys(record).toSorted()) {
    const each = record[name]
    if (each !== undefined) text += `${text === '' ? '' : ','}"${name.replace(/["\\]/g, '\\$&')}":${stableJson(each)}`
  }
  return `{${text}}`
}
