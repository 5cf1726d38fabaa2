import type { Shell } from './shell.ts'

/** Ends a shell or subshell: runs its EXIT trap, and answers the exit code. */
export async function finishShell(shell: Shell): Promise<number> {
  const action = shell.traps.get('EXIT')
  const code = shell.status
  shell.unwind = undefined
  if (action === undefined || action === '') return code & 255
  shell.traps.delete('EXIT')
  await shell.runText(shell, action)
  // An `exit` in the trap has the last word.
  return (shell.unwind ? shell.status : code) & 255
}
