/** A line that is being typed to a shell that neither echoes nor edits (contract 6.7). */
export interface LineState {
  text: readonly string[]
  /** Where the next character goes. */
  cursor: number
  history: readonly string[]
  /** Which line of the history is shown; its length for the new one. */
  shown: number
}

export const EMPTY_LINE: LineState = { text: [], cursor: 0, history: [], shown: 0 }

export interface LineStep {
  line: LineState
  /** What the terminal is to show of it. */
  echo: string
  /** What goes to the shell; null for nothing. */
  send: string | null
  /** Nothing more is typed. */
  ended: boolean
}

const MOST_HISTORY = 200
const back = (count: number) => '\b'.repeat(count)

/** What removes a line from the terminal, for something else to be written there. */
export const wipe = ({ cursor }: LineState): string => `${back(cursor)}\u001B[K`

/** What shows a line, with the cursor in its place. */
export const draw = ({ text, cursor }: LineState): string => text.join('') + back(text.length - cursor)

const quiet = (line: LineState): LineStep => ({ line, echo: '', send: null, ended: false })

/** The line with something changed, and what changes it in sight. */
function changed(before: LineState, change: Partial<LineState>): LineStep {
  const line = { ...before, ...change }
  return { ...quiet(line), echo: wipe(before) + draw(line) }
}

const without = ({ text }: LineState, from: number, to: number) => [...text.slice(0, from), ...text.slice(to)]

function toHistory(line: LineState, shown: number): LineStep {
  if (shown < 0 || shown > line.history.length) return quiet(line)
  const text = Array.from(line.history[shown] ?? '')
  return changed(line, { text, cursor: text.length, shown })
}

function submitted(line: LineState): LineStep {
  const whole = line.text.join('')
  const kept = whole.trim() === '' || whole === line.history.at(-1) ? [] : [whole]
  const history = [...line.history, ...kept].slice(-MOST_HISTORY)
  return {
    line: { text: [], cursor: 0, history, shown: history.length },
    echo: `${line.text.slice(line.cursor).join('')}\r\n`,
    send: `${whole}\n`,
    ended: false,
  }
}

function wordStart({ text, cursor }: LineState): number {
  let at = cursor
  while (at > 0 && text[at - 1] === ' ') at -= 1
  while (at > 0 && text[at - 1] !== ' ') at -= 1
  return at
}

const KEYS: Readonly<Record<string, (line: LineState) => LineStep>> = {
  '\r': submitted,
  '\n': submitted,
  '\u007F': (line) =>
    line.cursor === 0
      ? quiet(line)
      : changed(line, { text: without(line, line.cursor - 1, line.cursor), cursor: line.cursor - 1 }),
  '\u001B[3~': (line) => changed(line, { text: without(line, line.cursor, line.cursor + 1) }),
  '\u001B[D': (line) => changed(line, { cursor: Math.max(0, line.cursor - 1) }),
  '\u001B[C': (line) => changed(line, { cursor: Math.min(line.text.length, line.cursor + 1) }),
  '\u001B[A': (line) => toHistory(line, line.shown - 1),
  '\u001B[B': (line) => toHistory(line, line.shown + 1),
  '\u001B[H': (line) => changed(line, { cursor: 0 }),
  '\u001B[F': (line) => changed(line, { cursor: line.text.length }),
  '\u0001': (line) => changed(line, { cursor: 0 }),
  '\u0005': (line) => changed(line, { cursor: line.text.length }),
  '\u0015': (line) => changed(line, { text: line.text.slice(line.cursor), cursor: 0 }),
  '\u000B': (line) => changed(line, { text: line.text.slice(0, line.cursor) }),
  '\u0017': (line) => {
    const from = wordStart(line)
    return changed(line, { text: without(line, from, line.cursor), cursor: from })
  },
  // No signal reaches the guest: only what is not sent yet can be given up.
  '\u0003': (line) => ({
    ...quiet({ ...line, text: [], cursor: 0, shown: line.history.length }),
    echo: '^C\r\n',
  }),
  '\u0004': (line) => (line.text.length === 0 ? { ...quiet(line), ended: true } : quiet(line)),
}

/** A key as a terminal sends it: a sequence, a control character, or a character of any plane. */
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const TOKENS = /\u001B\[[?<>=]?[0-9;]*[@-~]|\u001BO[A-Z]|\u001B.?|[\s\S]/gu

function typed(line: LineState, token: string): LineStep {
  const key = KEYS[token.replace('\u001BO', '\u001B[')]
  if (key !== undefined) return key(line)
  // oxlint-disable-next-line no-control-regex -- control characters are what it is about
  if (/^[\u0000-\u001F\u007F-\u009F]/.test(token)) return quiet(line)
  const text = [...line.text.slice(0, line.cursor), token, ...line.text.slice(line.cursor)]
  return changed(line, { text, cursor: line.cursor + 1 })
}

/** Takes what was typed or pasted; lines that are complete go to the shell together. */
export function typeInto(line: LineState, data: string): LineStep {
  let step = quiet(line)
  for (const [token] of data.matchAll(TOKENS)) {
    const { line: next, echo, send, ended } = typed(step.line, token)
    step = {
      line: next,
      echo: step.echo + echo,
      send: send === null ? step.send : (step.send ?? '') + send,
      ended: step.ended || ended,
    }
  }
  return step
}
