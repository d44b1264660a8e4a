// The order in which recorded collections print: by their JSON with sorted keys and Python's separators.

/** JSON with keys sorted and separators `", "` and `": "`. */
export const recordedJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(recordedJson).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([key, item]) => `${asciiJson(key)}: ${recordedJson(item)}`).join(', ')}}`
  }
  return typeof value === 'string' ? asciiJson(value) : JSON.stringify(value ?? null)
}

/** Items in the order of their JSON. */
export const sortedByJson = <A>(items: readonly A[], printed: (item: A) => unknown): readonly A[] =>
  items
    .map((item) => ({ item, json: recordedJson(printed(item)) }))
    .toSorted((a, b) => (a.json < b.json ? -1 : a.json > b.json ? 1 : 0))
    .map(({ item }) => item)

const asciiJson = (text: string): string =>
  JSON.stringify(text).replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
