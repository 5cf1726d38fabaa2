import type { ShellSize } from '../../fleet/console/shell-frames.ts'

/** What tells which shell is to be run; nothing of it comes from the browser but the size. */
export interface ShellWish {
  os: string
  /** TERMINAL_SHELL; '' for the best that the guest has. */
  shell: string
  size: ShellSize
}

/**
 * What the shell says first: whether it has a terminal, and the name of it. Nothing that a person would type looks like
 * it.
 */
export const MARK = { terminal: 'cocoon-shell terminal', lines: 'cocoon-shell lines' } as const

/** Whether a `script` with these letters can make a terminal here: not every guest has one, nor lets it. */
const makes = (letters: string) => `script -q${letters} : /dev/null </dev/null >/dev/null 2>&1`

/**
 * No component of the cluster gives a terminal, but many guests can make one: `script` runs a shell in it
 * (contract 6.7). Where there is none the shell reads lines.
 */
function posixText({ os, shell, size: { columns, rows } }: ShellWish): string {
  const preferred = shell === '' ? (os === 'macos' ? 'zsh' : 'bash') : shell
  const inside =
    `stty cols ${columns} rows ${rows} 2>/dev/null; ` +
    `printf '${MARK.terminal} %s\\n' \\$(tty); exec $s -il`
  const script =
    os === 'macos'
      ? ['if command -v script >/dev/null 2>&1; then exec script -q /dev/null sh -c "$i"; fi']
      : // Not every `script` can tell the exit code of what it ran.
        ['ec', 'c'].map(
          (letters) => `if ${makes(letters)}; then exec script -qf${letters} "$i" /dev/null; fi`,
        )
  return [
    `s=$(command -v ${preferred} || command -v sh)`,
    'export TERM=xterm-256color',
    `i="${inside}"`,
    ...script,
    `printf '${MARK.lines}\\n'; exec $s -i 2>&1`,
  ].join('; ')
}

/** The one shape of command that a terminal runs (promise D9). */
export function shellCommand(wish: ShellWish): string[] {
  if (wish.os === 'windows') return ['cmd.exe', '/Q', '/K', `echo ${MARK.lines}`]
  return ['sh', '-c', posixText(wish)]
}

/** The names that a terminal of a guest may have: the guest itself tells them, and they become part of a command. */
export const TERMINAL_NAME = /^\/dev\/(?:pts\/|ttys)\d{1,6}$/

/** What gives a terminal another size, from beside it: no node agent passes one on (contract 6.7). */
export const resizeCommand = (os: string, terminal: string, { columns, rows }: ShellSize): string[] => [
  'stty',
  os === 'macos' ? '-f' : '-F',
  terminal,
  'cols',
  String(columns),
  'rows',
  String(rows),
]
