// A value of the wrong kind, as a message shows it.

export const shown = (value: unknown): string =>
  typeof value === 'string' ? `'${value.slice(0, 40)}'` : value === null || typeof value === 'number' || typeof value === 'boolean' ? String(value) : Array.isArray(value) ? 'a list' : `of type ${typeof value}`
