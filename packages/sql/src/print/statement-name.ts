// A name for a text, under which it is prepared: the same for the same text, and practically never for another.

/** Two hashes of 32 bits and the length: 19 characters or less, lowercase letters and digits. */
export const statementName = (sql: string): string => {
  let one = 0x811c9dc5
  let two = 0x9e3779b9
  for (let at = 0; at < sql.length; at += 1) {
    const unit = sql.charCodeAt(at)
    one = Math.imul(one ^ unit, 0x01000193)
    two = Math.imul(two ^ unit, 0x85ebca6b) + at | 0
  }
  return `q${(one >>> 0).toString(36)}${(two >>> 0).toString(36)}${sql.length.toString(36)}`
}
