import { complain, print, type Process } from '../system/process.ts'
import type { TerminalSettings } from '../system/open-file.ts'
import { terminalNamed } from '../system/terminal.ts'

/** What `stty` sets by a word alone. */
const WORDS: Record<string, Partial<TerminalSettings>> = {
  echo: { echo: true },
  '-echo': { echo: false },
  icanon: { lines: true },
  '-icanon': { lines: false },
  isig: { signals: true },
  '-isig': { signals: false },
  raw: { lines: false, signals: false },
  cooked: { lines: true, signals: true },
  '-raw': { lines: true, signals: true },
  sane: { lines: true, echo: true, signals: true },
}

const SIZES: Record<string, 'columns' | 'rows'> = { cols: 'columns', columns: 'columns', rows: 'rows' }

const flag = (on: boolean, name: string) => (on ? name : `-${name}`)

const shown = ({ columns, rows, lines, echo, signals }: TerminalSettings) =>
  `speed 38400 baud; rows ${rows}; columns ${columns}; line = 0;\n` +
  'intr = ^C; quit = ^\\; erase = ^?; kill = ^U; eof = ^D; werase = ^W;\n' +
  `${flag(signals, 'isig')} ${flag(lines, 'icanon')} ${flag(echo, 'echo')} onlcr\n`

/** Shows and sets what a terminal does: that of its input, or the one that -F names. */
export async function stty(process: Process, args: string[]): Promise<number> {
  const words = [...args]
  let terminal = process.files.get(0)?.terminal?.()
  if (words[0] === '-F') {
    const [, name = ''] = words.splice(0, 2)
    terminal = terminalNamed(process.machine, name)
    if (!terminal) return complain(process, `stty: ${name}: No such file or directory`)
  }
  if (!terminal) return complain(process, "stty: 'standard input': Inappropriate ioctl for device")
  const { settings } = terminal
  if (words.length === 0 || words[0] === '-a') {
    await print(process, shown(settings))
    return 0
  }
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const size = SIZES[word]
    if (word === 'size') await print(process, `${settings.rows} ${settings.columns}\n`)
    else if (size !== undefined && /^\d{1,4}$/.test(words[0] ?? '')) settings[size] = Number(words.shift())
    else if (WORDS[word]) Object.assign(settings, WORDS[word])
    else return complain(process, `stty: invalid argument '${word}'`)
  }
  return 0
}

/** An empty screen, with the cursor at its beginning. */
export async function clear(process: Process): Promise<number> {
  await print(process, '\u001B[H\u001B[2J\u001B[3J')
  return 0
}
