const SIMPLE: Record<string, string> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

/**
 * Reads backslash escapes: octal as `\0101` for echo, `\101` for printf, hexadecimal as `\x41`. `stopped` is true when a
 * `\c` ends all output.
 */
export function unescapeText(text: string, style: 'echo' | 'printf'): { text: string; stopped: boolean } {
  const octal = style === 'echo' ? '0[0-7]{0,3}' : '[0-7]{1,3}'
  const escape = new RegExp(`\\\\(?:(x[0-9a-fA-F]{1,2})|(${octal})|(c)|(["'abefnrtv\\\\]))`, 'g')
  const stop = /^(?:[^\\]|\\[^c])*\\c/.exec(text)
  const shown = stop ? stop[0].slice(0, -2) : text
  const result = shown.replace(
    escape,
    (whole, hex: string | undefined, digits: string | undefined, _, letter: string | undefined) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex.slice(1), 16))
      if (digits !== undefined) return String.fromCodePoint(Number.parseInt(digits, 8) & 255)
      if (letter === '"' || letter === "'") return style === 'printf' ? letter : whole
      return letter === undefined ? whole : (SIMPLE[letter] ?? whole)
    },
  )
  return { text: result, stopped: stop !== null }
}
