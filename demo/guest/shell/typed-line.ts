import type { Terminal } from '../system/open-file.ts'
import type { Shell } from './shell.ts'

/** What came of typing: a line, a line that was given up (^C), or the end (^D). */
export type Typed = { text: string } | 'given-up' | 'end'

interface Edit {
  text: string[]
  cursor: number
}

const ESC = '\u001B'
// oxlint-disable-next-line no-control-regex -- what keys send
const KEYS = /\u001B(?:\[[\d;]*[@-~]|O[A-Z]|.)?|[\s\S]/gu

const insert = ({ text, cursor }: Edit, more: string): Edit => ({
  text: [...text.slice(0, cursor), more, ...text.slice(cursor)],
  cursor: cursor + 1,
})
const cut = ({ text }: Edit, from: number, to: number): Edit => ({
  text: [...text.slice(0, from), ...text.slice(to)],
  cursor: from,
})

function wordStart({ text, cursor }: Edit): number {
  let at = cursor
  while (at > 0 && text[at - 1] === ' ') at -= 1
  while (at > 0 && text[at - 1] !== ' ') at -= 1
  return at
}

/** The keys that change a line, as readline has them. */
const EDITS: Readonly<Record<string, (edit: Edit) => Edit>> = {
  '\u007F': (edit) => (edit.cursor === 0 ? edit : cut(edit, edit.cursor - 1, edit.cursor)),
  '\b': (edit) => (edit.cursor === 0 ? edit : cut(edit, edit.cursor - 1, edit.cursor)),
  '\u0001': (edit) => ({ ...edit, cursor: 0 }),
  '\u0005': (edit) => ({ ...edit, cursor: edit.text.length }),
  '\u0002': (edit) => ({ ...edit, cursor: Math.max(0, edit.cursor - 1) }),
  '\u0006': (edit) => ({ ...edit, cursor: Math.min(edit.text.length, edit.cursor + 1) }),
  '\u0004': (edit) => cut(edit, edit.cursor, edit.cursor + 1),
  '\u000B': (edit) => cut(edit, edit.cursor, edit.text.length),
  '\u0015': (edit) => cut(edit, 0, edit.cursor),
  '\u0017': (edit) => cut(edit, wordStart(edit), edit.cursor),
}

/** Keys of the keyboard that do what one of the above does. */
const ALIASES: Readonly<Record<string, string>> = {
  [`${ESC}[D`]: '\u0002',
  [`${ESC}[C`]: '\u0006',
  [`${ESC}[H`]: '\u0001',
  [`${ESC}[F`]: '\u0005',
  [`${ESC}[1~`]: '\u0001',
  [`${ESC}[4~`]: '\u0005',
  [`${ESC}[3~`]: '\u0004',
}

/** Visible characters of a prompt: its colours take no room. */
// oxlint-disable-next-line no-control-regex -- colours of prompts
const widthOf = (prompt: string) => prompt.replace(/\u001B\[[\d;]*m/g, '').length

/** What draws the line anew, from where the cursor was before. */
function redraw(prompt: string, columns: number, before: Edit, after: Edit): string {
  const width = widthOf(prompt)
  const rowOf = (at: number) => Math.floor((width + at) / columns)
  const up = (rows: number) => (rows > 0 ? `${ESC}[${rows}A` : '')
  const end = width + after.text.length
  // A row that is just full has not begun the next one yet.
  const full = end % columns === 0 ? ' \r' : ''
  const column = (width + after.cursor) % columns
  return (
    `${up(rowOf(before.cursor))}\r${prompt}${after.text.join('')}${full}${ESC}[J` +
    `${up(rowOf(after.text.length) - rowOf(after.cursor))}\r${column > 0 ? `${ESC}[${column}C` : ''}`
  )
}

/**
 * Reads one line from a terminal as an interactive shell does, which edits it by itself: arrows, history and the keys of
 * emacs. The terminal is as it was before when it is done.
 */
export async function readTypedLine(
  shell: Shell,
  terminal: Terminal,
  prompt: string,
  history: readonly string[],
): Promise<Typed> {
  const { settings } = terminal
  const { signal } = shell.process
  const before = { ...settings }
  const restore = () => {
    const { columns, rows } = settings
    Object.assign(settings, before, { columns, rows })
  }
  const decoder = new TextDecoder()
  const show = (text: string) => terminal.file.write(new TextEncoder().encode(text), signal)
  let edit: Edit = { text: [], cursor: 0 }
  let shown = history.length
  const change = async (next: Edit) => {
    const last = edit
    edit = next
    const appended = next.cursor === next.text.length && last.cursor === last.text.length
    const grown = appended && next.text.length === last.text.length + 1
    if (grown && (widthOf(prompt) + next.cursor) % settings.columns !== 0) await show(next.text.at(-1) ?? '')
    else await show(redraw(prompt, settings.columns, last, next))
  }
  const recall = async (to: number) => {
    if (to < 0 || to > history.length) return
    shown = to
    const text = Array.from(history[to] ?? '')
    await change({ text, cursor: text.length })
  }
  const key = async (pressed: string): Promise<Typed | undefined> => {
    const known = pressed.replace(`${ESC}O`, `${ESC}[`)
    const name = ALIASES[known] ?? known
    if (name === '\r' || name === '\n') {
      if (edit.cursor < edit.text.length) await change({ ...edit, cursor: edit.text.length })
      // From here on ^C is for what the line runs.
      restore()
      await show('\n')
      return { text: edit.text.join('') }
    }
    if (name === '\u0003') {
      await show('^C\n')
      return 'given-up'
    }
    if (name === '\u0004' && edit.text.length === 0) return 'end'
    if (name === '\u000C')
      await show(`${ESC}[H${ESC}[2J${redraw(prompt, settings.columns, { text: [], cursor: 0 }, edit)}`)
    else if (name === `${ESC}[A` || name === '\u0010') await recall(shown - 1)
    else if (name === `${ESC}[B` || name === '\u000E') await recall(shown + 1)
    else if (EDITS[name]) await change(EDITS[name](edit))
    else if (name >= ' ' && !name.startsWith(ESC)) await change(insert(edit, name))
    return undefined
  }
  Object.assign(settings, { lines: false, echo: false, signals: false })
  try {
    await show(prompt)
    for (;;) {
      const chunk = await terminal.file.read(signal)
      if (!chunk) return 'end'
      const text = decoder.decode(chunk, { stream: true })
      for (const { 0: pressed, index } of text.matchAll(KEYS)) {
        const typed = await key(pressed)
        if (typed === undefined) continue
        // What was typed ahead is for the next one, but a ^C is for what the line runs.
        const ahead = new TextEncoder().encode(text.slice(index + pressed.length))
        if (typed === 'end' || typed === 'given-up') terminal.file.unread(ahead)
        else await terminal.reconsider(ahead)
        return typed
      }
    }
  } finally {
    restore()
  }
}
