// Base64url of a text in UTF-8, which no global that every platform has gives.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The text as base64url, without padding. A lone surrogate becomes a replacement character. */
export const toBase64url = (text: string): string => {
  const bytes = encodeURIComponent(text.replace(/[\uD800-\uDFFF]/gu, '\uFFFD')).replace(/%([\dA-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  let written = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const given = Math.min(3, bytes.length - at)
    const group = (bytes.charCodeAt(at) << 16) | ((given > 1 ? bytes.charCodeAt(at + 1) : 0) << 8) | (given > 2 ? bytes.charCodeAt(at + 2) : 0)
    for (let part = 0; part <= given; part++) written += alphabet[(group >> (18 - 6 * part)) & 63] ?? ''
  }
  return written
}

/** The text of base64url; undefined where it is none. */
export const fromBase64url = (written: string): string | undefined => {
  if (written.length % 4 === 1) return undefined
  let percent = ''
  let group = 0
  let bits = 0
  for (const character of written) {
    const value = alphabet.indexOf(character)
    if (value < 0) return undefined
    group = (group << 6) | value
    bits += 6
    if (bits < 8) continue
    bits -= 8
    percent += `%${((group >> bits) & 255).toString(16).padStart(2, '0')}`
    group &= (1 << bits) - 1
  }
  if (group !== 0) return undefined
  try {
    return decodeURIComponent(percent)
  } catch {
    return undefined
  }
}
