/** A log's text as its lines; `open` is the beginning of a line that is still being written, '' when there is none. */
export interface LogLines {
  lines: readonly string[]
  open: string
}

/** Splits a text at its line ends, of Unix or of Windows. */
export function logLines(text: string): LogLines {
  const lines = text.split(/\r?\n/)
  const open = lines.pop() ?? ''
  return { lines, open }
}

/** What a terminal does with these is not shown: colours, cursor moves, titles, links (ECMA-48). */
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const SEQUENCES = /\u001B(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001B]*(?:\u0007|\u001B\\|$)|[ -/]*[0-~])/g
// oxlint-disable-next-line no-control-regex -- see above
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g
/** Characters that reorder or hide what stands around them. */
const INVISIBLE = /[\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g

const pictured = (character: string) => {
  const code = character.charCodeAt(0)
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\uFFFD'
}

/** A line as it can be shown to people: the guest has no say in how the rest of the page looks. */
export function printable(line: string): string {
  // What was overwritten by a carriage return is not what stood there in the end.
  const last = line.slice(line.replace(/\r+$/, '').lastIndexOf('\r') + 1)
  return last.replaceAll(SEQUENCES, '').replaceAll(CONTROLS, pictured).replaceAll(INVISIBLE, '\uFFFD')
}
