/** The terminal of a desktop: what was written, and the line that is being typed. */
export interface Terminal {
  lines: string[]
  typed: string
}

const MOST_LINES = 200
const MOST_TYPED = 400

export const PROMPT = '$ '

/** A terminal that greets whoever opens the desktop. */
export const newTerminal = (name: string): Terminal => ({
  lines: [`Welcome to ${name}.`, 'Type help, or anything else.', ''],
  typed: '',
})

/** Writes lines below the others; the oldest go. */
export function print(terminal: Terminal, text: string): void {
  terminal.lines.push(...text.split('\n'))
  terminal.lines.splice(0, terminal.lines.length - MOST_LINES)
}

/** What a command may see and do of its desktop. */
export interface Around {
  name: string
  size: string
  clipboard: string
  now: number
  copy(text: string): void
}

type Command = (argument: string, around: Around, terminal: Terminal) => string

const COMMANDS: Readonly<Record<string, Command>> = {
  help: () => 'help  date  echo TEXT  hostname  size\ncopy TEXT  paste  clear',
  date: (_, { now }) => new Date(now).toISOString().replace('T', ' ').slice(0, 19),
  echo: (argument) => argument,
  hostname: (_, { name }) => name,
  size: (_, { size }) => size,
  copy: (argument, { copy }) => {
    copy(argument)
    return `Copied: ${argument}`
  },
  paste: (_, { clipboard }) => (clipboard === '' ? 'The clipboard is empty.' : clipboard),
  clear: (_, __, terminal) => {
    terminal.lines.length = 0
    return ''
  },
}

function enter(terminal: Terminal, around: Around): void {
  const line = terminal.typed
  terminal.typed = ''
  print(terminal, PROMPT + line)
  const [word = '', ...rest] = line.trim().split(' ')
  if (word === '') return
  const command = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined
  const answer = command ? command(rest.join(' '), around, terminal) : `${word}: command not found`
  if (answer !== '') print(terminal, answer)
}

/** Types text, in which a line feed is the Enter key. */
export function typeText(terminal: Terminal, text: string, around: Around): void {
  for (const letter of text) {
    if (letter === '\n') enter(terminal, around)
    else if (letter >= ' ' && terminal.typed.length < MOST_TYPED) terminal.typed += letter
  }
}

/** The rows to show in a window of so many columns and rows, the typed line and its cursor last. */
export function shownRows({ lines, typed }: Terminal, columns: number, rows: number): string[] {
  const wrapped = [...lines.slice(-rows), `${PROMPT}${typed}\u0001`].flatMap((line) =>
    line === ''
      ? ['']
      : Array.from({ length: Math.ceil(line.length / columns) }, (_, row) =>
          line.slice(row * columns, (row + 1) * columns),
        ),
  )
  return wrapped.slice(-rows)
}
