// Values at the edges of every kind of column, and beyond them: at least sixty each.

import type { DatabaseType } from '@relata/sql/driver'

// A generator with a seed, so that a failure can be repeated.
const random = (() => {
  let state = 20_261_122
  return (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
})()
const times = <A>(count: number, make: (n: number) => A): readonly A[] => Array.from({ length: count }, (_, n) => make(n))
const randomInteger = (): number => Math.floor((random() - 0.5) * 2 ** Math.floor(random() * 54))

const texts: readonly string[] = [
  '', ' ', '  trailing  ', '\t', '\n', '\r\n', '\\', '\\\\', "'", "''", '"', '`', '\\x41', '\\0', '%', '_', '$1', '?', ':a', '@b', '{}', '{"a":1}', '[]', 'NULL', 'null',
  'undefined', 'true', '0', '-1', '1e5', 'NaN', 'Infinity', '--', '-- comment', '/* */', "'; drop table x; --", "\\'; drop table x; --", 'a\u0000b', '\u0000', '\uD800', '\uDC00', 'a\uD800b',
  '\uFEFFbom', '\uFFFF', '\u200B', '\u202Ereversed', 'é', 'e\u0301', 'ß', 'SS', 'İ', 'ﬀ', '漢字', '🎉', '👩‍👩‍👧', '\u{10FFFF}', '\u0001', '\u001F', '\u007F', '\u0080',
  '__proto__', 'constructor', 'a'.repeat(255), 'a'.repeat(65_536), 'ü'.repeat(100_000), 'x'.repeat(1_000_000),
  ...times(20, () => String.fromCodePoint(...times(20, () => 1 + Math.floor(random() * 0xD7FE)))),
]

const integers: readonly unknown[] = [
  0, -0, 1, -1, 127, 128, -128, -129, 255, 256, 32_767, 32_768, -32_768, -32_769, 65_535, 65_536, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 2 ** 32, 2 ** 32 - 1,
  2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2, -(2 ** 53) + 1, -(2 ** 53), 1e21, 1e308, 0.5, -0.1, NaN, Infinity, -Infinity, 5e-324, '1', '', true, [], {}, new Date(0), 1n, 2n ** 31n, 2n ** 63n,
  ...times(30, randomInteger),
]

const bigints: readonly unknown[] = [
  0n, 1n, -1n, 2n ** 31n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 62n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n, -(2n ** 63n), -(2n ** 63n) - 1n,
  10n ** 18n, 10n ** 19n, 9_007_199_254_740_993n, 123_456_789_012_345_678n, 1, 1.5, '1', NaN, true,
  ...times(40, () => BigInt(randomInteger()) * BigInt(1 + Math.floor(random() * 1000))),
]

const reals: readonly unknown[] = [
  0, -0, 1, -1, 0.1, 0.2, 0.1 + 0.2, 1 / 3, Math.PI, Number.EPSILON, Number.MIN_VALUE, -Number.MIN_VALUE, 2.225_073_858_507_201_4e-308, 2.225_073_858_507_201e-308, Number.MAX_VALUE, -Number.MAX_VALUE,
  NaN, Infinity, -Infinity, 2 ** 53, 2 ** 53 + 2, 2 ** 63, 2 ** 64, 1e21, 1e22, 1e23, 9.999_999_999_999_999e22, 1e-7, 1e15, 1e16, 1e17, 4.35, 1.005, '1', null, true, 1n,
  ...times(40, () => (random() - 0.5) * 10 ** Math.floor(random() * 600 - 300)),
]

const numerics: readonly unknown[] = [
  '0', '0.00', '-0', '-0.00', '1', '+1', '01', '1.5', '1.50', '-1.50', '1.005', '1.995', '.5', '5.', '.', '', ' 1', '1 ', '1,5', '1_0', '1e2', '1E2', '1e-2', '1e-3', '1e400', '0x10', 'NaN', 'Infinity', '-Infinity', 'inf',
  '9999999999999.99', '9999999999999.999', '99999999999999.99', '-9999999999999.99', '12345678901234567890', '0.1', '0.01', '0.001', '123456789012.34', 'one', '1;2', "1'", '--1', '١', 'null', 1, 1.5, 0.1, 1e21, 1n, NaN, true, {},
  ...times(20, () => (random() * 10 ** Math.floor(random() * 10)).toFixed(2)),
]

const moments: readonly unknown[] = [
  new Date(0), new Date(1), new Date(-1), new Date(999), new Date(-62_135_596_800_000), new Date(-62_135_596_800_001), new Date(-62_167_219_200_000), new Date(-62_167_219_200_001), new Date(253_402_300_799_999), new Date(253_402_300_800_000),
  new Date(8.64e15), new Date(-8.64e15), new Date(NaN), new Date('2026-03-29T00:59:59.999Z'), new Date('2026-03-29T01:00:00Z'), new Date('2026-03-29T02:30:00Z'), new Date('2026-10-25T01:30:00Z'), new Date('2024-02-29T23:59:59.999Z'),
  new Date('1900-02-28T00:00:00Z'), new Date('1582-10-04T00:00:00Z'), new Date('1582-10-15T00:00:00Z'), new Date('0999-12-31T23:59:59Z'), new Date('1000-01-01T00:00:00Z'), new Date('1847-12-01T00:00:00Z'), new Date('1890-01-01T00:00:01Z'),
  new Date('2038-01-19T03:14:07Z'), new Date('2038-01-19T03:14:08Z'), new Date('-000044-03-15T12:00:00Z'), new Date('+099999-12-31T23:59:59.999Z'), '2026-01-01', 0, true, {},
  ...times(40, () => new Date(Math.floor((random() - 0.3) * 1e14))),
]

const dates: readonly unknown[] = [
  '2026-11-22', '1970-01-01', '0001-01-01', '0000-01-01', '0000-12-31', '0999-12-31', '1000-01-01', '9999-12-31', '10000-01-01', '99999-12-31', '294276-12-31', '5874897-12-31', '0044-03-15 BC', '4713-01-01 BC', '4714-11-24 BC', '0000-01-01 BC',
  '2024-02-29', '2023-02-29', '2100-02-29', '2000-02-29', '2026-02-30', '2026-04-31', '2026-00-01', '2026-13-01', '2026-01-00', '2026-01-32', '0000-00-00', '2026-1-1', '26-01-01', '20260101', '2026/01/01', '01-01-2026', '2026-01-01T00:00:00',
  '2026-01-01 00:00:00', 'today', 'now', 'infinity', '-infinity', 'epoch', '', ' 2026-01-01', '2026-01-01 ', '1582-10-10', 'January 8, 1999', '2026-01-01Z', new Date(0), 0, true, null, {},
  ...times(20, () => new Date(Math.floor((random() - 0.2) * 5e13)).toISOString().slice(0, 10)),
]

const deep = (levels: number): unknown => times(levels, (n) => n).reduce<unknown>((inner) => [inner], 'deep')
const cyclic: unknown[] = []
cyclic.push(cyclic)

const jsons: readonly unknown[] = [
  {}, [], '', 'text', 'null', '"', '\\', '\\u0000', '\u0000', '\uD800', { a: '\uDC00' }, 0, -1, 1.5, 1e21, 1e-7, 1e308, 5e-324, 2 ** 53, 2 ** 53 - 1, NaN, Infinity, { a: NaN }, [Infinity], true, false, [null], { a: null }, [undefined], () => 1, Symbol('s'), 1n, { a: 1n },
  new Date(0), { a: new Date(0) }, new Map([[1, 2]]), new Set([1]), new Uint8Array([1]), { toJSON: () => 1 }, JSON.parse('{"__proto__": {"polluted": true}}'), JSON.parse('{"constructor": {"prototype": 1}}'), { '': 1 }, { 'a.b': 1, '$': 2 }, { '\n': '\t' },
  { é: 'é', 'e\u0301': 2 }, '🎉', { '🎉': '🎉' }, '\u2028\u2029', '\u007F', '\u0001', deep(10), deep(100), deep(1000), deep(100_000), cyclic, { a: cyclic }, 'x'.repeat(1_000_000), times(10_000, (n) => n), Object.fromEntries(times(1000, (n) => [`key ${n}`, n])),
  [[], [[]], {}], { a: [{ b: [{ c: {} }] }] }, ['NULL', 'null', null], { b: 1, a: 2 }, 'a"b', "a'b", 'a\\"b', ' ', [' a ', ''],
]

const bytes: readonly unknown[] = [
  new Uint8Array(0), new Uint8Array([0]), new Uint8Array([255]), new Uint8Array([0, 0, 0]), new Uint8Array([92, 120, 52, 49]), new Uint8Array([39, 34, 92, 0, 10, 13, 26]), new Uint8Array(256).map((_, n) => n), Buffer.from('text'), Buffer.from('\\x41'), Buffer.alloc(1_000_000, 7),
  new Uint8Array(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2), 'text', [1, 2], 1, null, true, {}, new ArrayBuffer(2), new Uint16Array([1]),
  ...times(45, (n) => new Uint8Array(n).map(() => Math.floor(random() * 256))),
]

const uuids: readonly unknown[] = [
  '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '6f2c1a52-6f1e-4f0c-9a44-0d8a5d7c1b3e', '6f2c1a526f1e4f0c9a440d8a5d7c1b3e', '{6f2c1a52-6f1e-4f0c-9a44-0d8a5d7c1b3e}', '6f2c1a52-6f1e-4f0c-9a44-0d8a5d7c1b3', '6f2c1a52-6f1e-4f0c-9a44-0d8a5d7c1b3e0',
  'g0000000-0000-0000-0000-000000000000', '', ' ', 'null', '\u0000', ' 6f2c1a52-6f1e-4f0c-9a44-0d8a5d7c1b3e', 1, null, true, {}, [],
  ...times(45, () => [8, 4, 4, 4, 12].map((length) => times(length, () => Math.floor(random() * 16).toString(16)).join('')).join('-')),
]

const booleans: readonly unknown[] = [
  true, false, null, 0, 1, -0, -1, 2, 0.5, NaN, Infinity, 0n, 1n, 2n ** 64n, 'true', 'false', 'TRUE', 'False', 't', 'f', 'T', 'F', 'y', 'n', 'yes', 'no', 'YES', 'on', 'off', '1', '0', '-1', '2', '', ' ', ' true', 'true ', 'null', 'NULL', "b'1'", "'t'", '1=1', '\u0000', '\u0001',
  [], [true], [false], [[]], {}, { valueOf: () => true }, { toString: () => 'true' }, new Boolean(true), new Boolean(false), Object(1), new Date(0), new Uint8Array([1]), Buffer.from([0]), new Map(), new Set([true]), Symbol('true'), () => true, /true/, JSON.parse('{"__proto__": true}'),
  ...times(50, (n) => n % 2 === 0),
]

/** Values by kind, each with a column that takes them. */
export const hostileValues: readonly { readonly type: DatabaseType; readonly values: readonly unknown[] }[] = [
  { type: { kind: 'integer' }, values: integers },
  { type: { kind: 'bigint' }, values: bigints },
  { type: { kind: 'real' }, values: reals },
  { type: { kind: 'numeric', precision: 15, scale: 2 }, values: numerics },
  { type: { kind: 'text' }, values: texts },
  { type: { kind: 'varchar', length: 100 }, values: [...texts, 'a'.repeat(100), 'a'.repeat(101), '🎉'.repeat(100), `${'a'.repeat(100)} `] },
  { type: { kind: 'boolean' }, values: booleans },
  { type: { kind: 'timestamp', withTimeZone: true }, values: moments },
  { type: { kind: 'timestamp', withTimeZone: false }, values: moments },
  { type: { kind: 'date' }, values: dates },
  { type: { kind: 'json' }, values: jsons },
  { type: { kind: 'uuid' }, values: uuids },
  { type: { kind: 'bytes' }, values: bytes },
  { type: { kind: 'enumeration', values: ['a', 'b'] }, values: texts.filter((text) => text.length < 100) },
]
