const isDigit = (code: number) => code >= 48 && code <= 57

/** End of the run of digits that begins at `at`. */
function digitsEnd(text: string, at: number): number {
  let end = at
  while (end < text.length && isDigit(text.charCodeAt(end))) end++
  return end
}

/** Compares two runs of digits by value, however long; leading zeros do not count. */
function compareDigits(a: string, fromA: number, toA: number, b: string, fromB: number, toB: number): number {
  let atA = fromA
  let atB = fromB
  while (atA < toA && a.charCodeAt(atA) === 48) atA++
  while (atB < toB && b.charCodeAt(atB) === 48) atB++
  const byLength = toA - atA - (toB - atB)
  if (byLength !== 0) return byLength
  for (; atA < toA; atA++, atB++) {
    const step = a.charCodeAt(atA) - b.charCodeAt(atB)
    if (step !== 0) return step
  }
  return 0
}

/**
 * The order people expect of names: `web-2` before `web-10`. By code unit otherwise, because names in a cluster
 * are plain letters and a locale must not change the order. Zero only for equal texts.
 */
export function compareNatural(a: string, b: string): number {
  if (a === b) return 0
  let atA = 0
  let atB = 0
  while (atA < a.length && atB < b.length) {
    const codeA = a.charCodeAt(atA)
    const codeB = b.charCodeAt(atB)
    if (isDigit(codeA) && isDigit(codeB)) {
      const endA = digitsEnd(a, atA)
      const endB = digitsEnd(b, atB)
      const step = compareDigits(a, atA, endA, b, atB, endB)
      if (step !== 0) return step
      atA = endA
      atB = endB
    } else if (codeA === codeB) {
      atA++
      atB++
    } else {
      return codeA - codeB
    }
  }
  return a.length - atA - (b.length - atB) || (a < b ? -1 : 1)
}
