// Screens for tests: nothing is written anywhere but into `text`.

import picocolors from 'picocolors'
import type { Screen } from '../../src/print/screen.js'

export const paper = (width = 60): Screen => ({ width, colours: picocolors.createColors(false), live: false, write: () => {} })

export const recorder = (options: { readonly live: boolean; readonly width?: number; readonly coloured?: boolean }) => {
  const written: string[] = []
  const screen: Screen = {
    width: options.width ?? 60,
    colours: picocolors.createColors(options.coloured ?? false),
    live: options.live,
    write: (text) => void written.push(text),
  }
  return { screen, text: () => written.join('') }
}
