import type { ShellSize } from '../../fleet/console/shell-frames.ts'

/** What tells which shell is to be run; nothing of it comes from the browser but the size. */
export interface ShellWish {
  os: string
  /** TERMINAL_SHELL; '' for the best that the guest has. */
  shell: string
  size: ShellSize
}

/** What the shell says first: whether it has a terminal. Nothing that a person would type looks like it. */
export const MARK = { terminal: 'cocoon-shell terminal\n', lines: 'cocoon-shell lines\n' } as const

const mark = (text: string) => `printf 'cocoon-shell ${text}\\n'`

/**
 * No component of the cluster gives a terminal, but many guests can make one: `script` runs a shell in it
 * (contract 6.7). Where there is none the shell reads lines.
 */
function posixText({ os, shell, size: { columns, rows } }: ShellWish): string {
  const preferred = shell === '' ? (os === 'macos' ? 'zsh' : 'bash') : shell
  const inside = `stty cols ${columns} rows ${rows} 2>/dev/null; exec $s -il`
  // Not every `script` can tell the exit code of what it ran.
  const tells = 'e=; script -qec : /dev/null </dev/null >/dev/null 2>&1 && e=e'
  const script =
    os === 'macos'
      ? `exec script -q /dev/null sh -c "${inside}"`
      : `${tells}; exec script -qf\${e}c "${inside}" /dev/null`
  return [
    `s=$(command -v ${preferred} || command -v sh)`,
    'export TERM=xterm-256color',
    `if command -v script >/dev/null 2>&1; then ${mark('terminal')}; ${script}; fi`,
    `${mark('lines')}; exec $s -i 2>&1`,
  ].join('; ')
}

/** The one shape of command that a terminal runs (promise D9). */
export function shellCommand(wish: ShellWish): string[] {
  if (wish.os === 'windows') return ['cmd.exe', '/Q', '/K', `echo ${MARK.lines.trimEnd()}`]
  return ['sh', '-c', posixText(wish)]
}
