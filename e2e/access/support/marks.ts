/** A word that stands in one field of one object and nowhere else, so that whoever sees it has seen that field. */
export type Mark = string

const MARK = /mark\d{5}/g

/** Each call makes another one. */
export function createMarks(): () => Mark {
  let count = 0
  return () => {
    count += 1
    return `mark${String(count).padStart(5, '0')}`
  }
}

/** Every mark in a text. */
export const marksIn = (text: string): Set<Mark> => new Set(text.match(MARK) ?? [])
