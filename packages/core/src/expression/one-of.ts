// Words that go into a statement as they are: one of those there are, whoever gives it.

/** The word, where it is one of `words`; another throws, as it may come from outside. `oneOf('a direction', ['asc', 'desc'], 'asc')` */
export const oneOf = <const W extends string>(what: string, words: readonly W[], given: W): W => {
  if (!words.includes(given)) throw new TypeError(`${what} is ${words.map((word) => `'${word}'`).join(' or ')}, not ${JSON.stringify(given)}`)
  return given
}
