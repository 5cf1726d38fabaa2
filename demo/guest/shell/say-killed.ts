import { writeText } from '../system/process.ts'
import { SIGNALS } from '../system/signals.ts'
import { messagePrefix, type Shell } from './shell.ts'

const TEXTS: Record<number, string> = {
  [SIGNALS.HUP]: 'Hangup',
  [SIGNALS.QUIT]: 'Quit',
  [SIGNALS.ABRT]: 'Aborted',
  [SIGNALS.KILL]: 'Killed',
  [SIGNALS.SEGV]: 'Segmentation fault',
  [SIGNALS.TERM]: 'Terminated',
  [SIGNALS.ALRM]: 'Alarm clock',
  [SIGNALS.USR1]: 'User defined signal 1',
  [SIGNALS.USR2]: 'User defined signal 2',
}

/** Says that a child was killed, except by what people and pipes do all the time. */
export async function sayKilled(
  shell: Shell,
  signal: number | undefined,
  pid: number,
  text: string,
): Promise<void> {
  const said = TEXTS[signal ?? 0]
  if (said === undefined) return
  const line =
    shell.dialect.name === 'bash'
      ? `${messagePrefix(shell)}${String(pid).padStart(5)} ${said.padEnd(23)} ${text}`
      : said
  await writeText(shell.process, 2, `${line}\n`)
}
