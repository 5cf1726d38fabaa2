import type { Shell } from './shell.ts'
import { readVariable } from './variables.ts'

const DEFAULTS: Record<Shell['dialect']['name'], Record<'PS1' | 'PS2', string>> = {
  dash: { PS1: '# ', PS2: '> ' },
  bash: { PS1: '\\u@\\h:\\w\\$ ', PS2: '> ' },
}

/** The prompt of an interactive shell. */
export function promptText(shell: Shell, name: 'PS1' | 'PS2'): string {
  const text = shell.variables.get(name)?.value ?? DEFAULTS[shell.dialect.name][name]
  if (shell.dialect.name === 'dash') return text
  const { cwd, machine } = shell.process
  const home = readVariable(shell, 'HOME') ?? ''
  const directory =
    home !== '' && (cwd === home || cwd.startsWith(`${home}/`)) ? `~${cwd.slice(home.length)}` : cwd
  const meanings: Record<string, string> = {
    u: 'root',
    h: machine.hostname.split('.')[0] ?? '',
    H: machine.hostname,
    w: directory,
    W: directory.split('/').at(-1) || '/',
    $: '#',
    n: '\n',
    s: shell.name,
    '[': '',
    ']': '',
    e: '\u001b',
  }
  return text.replace(/\\([uhHwW$nse[\]])/g, (_, letter: string) => meanings[letter] ?? '')
}
