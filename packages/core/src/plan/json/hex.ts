// Bytes as hexadecimal text, which no global that every platform has gives.

export const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** The bytes of a text that `toHex` gave; undefined where it is none. */
export const fromHex = (text: string): Uint8Array | undefined =>
  /^(?:[\da-f]{2})*$/.test(text) ? Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)) : undefined
