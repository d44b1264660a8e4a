// The name that was probably meant: for hints about names that do not exist.

/** The nearest of the known names, if one is near. */
export const nearest = (name: string, known: readonly string[]): string | undefined => {
  let best: string | undefined
  let least = Math.max(1, Math.floor(name.length / 3)) + 1
  for (const candidate of known.slice(0, 300)) {
    if (Math.abs(candidate.length - name.length) >= least || candidate.length > 40) continue
    const far = candidate.toLowerCase() === name.toLowerCase() ? 0 : distance(name, candidate, least)
    if (far < least) { best = candidate; least = far }
  }
  return best
}

/** `Did you mean 'users'?`, or the names that there are. */
export const didYouMean = (name: string, known: readonly string[]): string => {
  const meant = nearest(name, known)
  if (meant !== undefined) return `Did you mean '${meant}'?`
  if (known.length === 0) return 'There are none yet.'
  return `There ${known.length === 1 ? 'is' : 'are'} ${known.slice(0, 12).map((each) => `'${each}'`).join(', ')}${known.length > 12 ? ', …' : ''}.`
}

/** Insertions, deletions and replacements that lead from one word to the other, as far as they stay below the limit. */
const distance = (a: string, b: string, limit: number): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
    if (next.every((each) => each >= limit)) return limit
  }
  return row[b.length] ?? 0
}
