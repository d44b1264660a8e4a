// Text on a grid of cells: how wide it is, cut, padded and wrapped, with the colours in it counted as nothing.

// eslint-disable-next-line no-control-regex
const style = /\u001B\[[0-9;]*m/g
// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]/g
const wide = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u
const mark = /\p{Mark}/u

/** What others wrote, without anything that a terminal would obey. */
export const tame = (text: string): string => text.replace(control, '·')

/** The cells that a text takes. */
export const widthOf = (text: string): number => {
  let width = 0
  for (const character of text.replace(style, '')) width += mark.test(character) ? 0 : wide.test(character) ? 2 : 1
  return width
}

/** At most `width` cells of an unstyled text, with an ellipsis where something was cut. */
export const cut = (text: string, width: number): string => {
  if (widthOf(text) <= width) return text
  let kept = ''
  let used = 0
  for (const character of text) {
    const cells = widthOf(character)
    if (used + cells > width - 1) break
    kept += character
    used += cells
  }
  return width < 1 ? '' : `${kept}…`
}

export const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)))
export const padStart = (text: string, width: number): string => ' '.repeat(Math.max(0, width - widthOf(text))) + text

/** Words in lines of at most `width` cells; a word that is longer stands alone. */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}
