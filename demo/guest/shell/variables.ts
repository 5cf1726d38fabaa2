import { shellError, type Shell, type Variable } from './shell.ts'

/** Longest text that a shell keeps: the host's memory pays for it. */
export const MAX_TEXT = 16 * 2 ** 20

/** The value of a variable or special parameter; undefined when unset. */
export function readVariable(shell: Shell, name: string): string | undefined {
  if (/^\d+$/.test(name)) return name === '0' ? shell.name : shell.positional[Number(name) - 1]
  switch (name) {
    case '?':
      return String(shell.status)
    case '$':
      return String(shell.mainPid)
    case '!':
      return shell.lastBackground === 0 ? '' : String(shell.lastBackground)
    case '#':
      return String(shell.positional.length)
    case '*':
    case '@':
      return shell.positional.length === 0
        ? undefined
        : shell.positional.join(name === '*' ? firstSeparator(shell) : ' ')
    case '-':
      return `${shell.options.errexit ? 'e' : ''}${shell.options.noglob ? 'f' : ''}${shell.options.nounset ? 'u' : ''}${shell.options.xtrace ? 'x' : ''}${shell.source === 'stdin' ? 's' : ''}`
    case 'LINENO':
      return String(shell.line)
    case 'PPID':
      return shell.variables.get(name)?.value ?? String(shell.process.ppid)
    case 'RANDOM':
      return shell.dialect.name === 'bash' ? String(shell.process.machine.random.int(0, 32_767)) : undefined
    case 'SECONDS':
      return shell.dialect.name === 'bash'
        ? String(Math.floor(shell.process.machine.uptime() / 1000))
        : undefined
    case 'HOSTNAME':
      return (
        shell.variables.get(name)?.value ??
        (shell.dialect.name === 'bash' ? shell.process.machine.hostname : undefined)
      )
    default:
      return shell.variables.get(name)?.value
  }
}

export const separators = (shell: Shell) => shell.variables.get('IFS')?.value ?? ' \t\n'
export const firstSeparator = (shell: Shell) => separators(shell).slice(0, 1)

/** Sets a variable; throws a shell error when it is read-only, or too long for this guest. */
export function setVariable(shell: Shell, name: string, value: string, exported = false): void {
  const before = shell.variables.get(name)
  if (before?.readonly) {
    const message = shell.dialect.name === 'bash' ? `${name}: readonly variable` : `${name}: is read only`
    throw shellError(message, shell.dialect.name === 'bash' ? 1 : 2)
  }
  if (value.length > MAX_TEXT) throw shellError('Out of space')
  const next = {
    value,
    exported: exported || (before?.exported ?? shell.marked.has(name)) || shell.options.allexport,
    readonly: false,
  }
  shell.variables.set(name, next)
  if (next.exported) shell.process.env.set(name, value)
}

/** Removes a variable; throws a shell error when it is read-only. */
export function unsetVariable(shell: Shell, name: string): void {
  if (shell.variables.get(name)?.readonly) {
    throw shellError(
      shell.dialect.name === 'bash'
        ? `unset: ${name}: cannot unset: readonly variable`
        : `unset: ${name}: is read only`,
      shell.dialect.name === 'bash' ? 1 : 2,
    )
  }
  shell.variables.delete(name)
  shell.process.env.delete(name)
}

/** Puts back what a function has made local. */
export function restoreLocals(shell: Shell, saved: Map<string, Variable | undefined>): void {
  for (const [name, variable] of saved) {
    if (variable) shell.variables.set(name, variable)
    else shell.variables.delete(name)
    if (variable?.exported) shell.process.env.set(name, variable.value)
    else shell.process.env.delete(name)
  }
}
