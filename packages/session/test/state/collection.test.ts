import { append, create } from '@relata/session'
import { expect, test } from 'vitest'
import { Author, Book } from '../library.js'

test('appending to a new list takes the same time however long it is', () => {
  const time = (count: number): number => {
    const author = create(Author, {})
    const books = Array.from({ length: count }, () => create(Book, {}))
    const began = performance.now()
    for (const book of books) append(Author.books, book)(author)
    return performance.now() - began
  }
  time(2_000)
  const [small, large] = [time(10_000), time(100_000)]
  // Ten times as many: quadratic would be a hundred.
  expect(large / small).toBeLessThan(40)
})
