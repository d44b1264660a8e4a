// What a package.json says about its package, in one form whatever form it was written in.

export interface Manifest {
  readonly name: string
  readonly number: string
  readonly licence?: string
  readonly keywords: readonly string[]
  /** Authors, contributors and maintainers by name, each once. */
  readonly people: readonly string[]
  /** What it requires, by name: the range it wrote. */
  readonly ranges: Readonly<Record<string, string>>
}

type Json = Readonly<Record<string, unknown>>

/** A manifest, or nothing where the JSON has neither name nor version. */
export const manifest = (json: unknown): Manifest | undefined => {
  if (!isRecord(json) || typeof json['name'] !== 'string' || typeof json['version'] !== 'string') return undefined
  const licence = licenceIn(json)
  return {
    name: json['name'],
    number: json['version'],
    ...(licence === undefined ? {} : { licence }),
    keywords: unique(list(json['keywords']).filter(isText).map((keyword) => keyword.trim().toLowerCase())),
    people: unique([json['author'], ...list(json['authors']), ...list(json['maintainers']), ...list(json['contributors'])].map(personName)),
    ranges: { ...ranges(json['optionalDependencies']), ...ranges(json['peerDependencies']), ...ranges(json['dependencies']) },
  }
}

/** `license` as text, as an object, or the list that old packages have. */
const licenceIn = (json: Json): string | undefined => {
  const [first] = [json['license'], ...list(json['licenses'])]
    .map((written) => (isText(written) ? written : isRecord(written) && isText(written['type']) ? written['type'] : ''))
    .map((text) => text.trim().replace(/^\((.*)\)$/, '$1'))
    .filter((text) => text !== '')
  return first
}

/** `Ed Jones <ed@x.org> (https://x.org)`, or an object with a name. */
const personName = (written: unknown): string => {
  const text = isText(written) ? written : isRecord(written) && isText(written['name']) ? written['name'] : ''
  return text.replace(/[<(].*$/s, '').trim()
}

const ranges = (written: unknown): Readonly<Record<string, string>> =>
  isRecord(written) ? Object.fromEntries(Object.entries(written).filter((entry): entry is [string, string] => isText(entry[1]))) : {}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts.filter((text) => text !== ''))]
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const isText = (value: unknown): value is string => typeof value === 'string'
const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
