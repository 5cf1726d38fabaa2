import { reasonOf } from '../system/errno.ts'
import { complain, print, type Process } from '../system/process.ts'
import { signalNumber, SIGNALS } from '../system/signals.ts'

/** `kill [-signal] pid...`; `kill -l` lists the signals. `prefix` begins a message. */
export async function kill(process: Process, args: string[], prefix = ''): Promise<number> {
  const words = [...args]
  let signal: number | undefined = SIGNALS.TERM
  const [option] = words
  if (option === '-l' || option === '-L') {
    await print(process, `${Object.keys(SIGNALS).join('\n')}\n`)
    return 0
  }
  if (option === '-s' || option === '-n') {
    signal = signalNumber(words[1] ?? '')
    words.splice(0, 2)
  } else if (option === '--') words.shift()
  else if (option !== undefined && /^-./.test(option)) {
    signal = signalNumber(option.slice(1))
    words.shift()
  }
  if (signal === undefined)
    return complain(process, `${prefix}kill: invalid signal number or name: ${(option ?? '').slice(1)}`)
  if (words.length === 0)
    return complain(process, `${prefix}kill: usage: kill [-s sigspec | -signum | -sigspec] [pid | job]...`, 2)
  let status = 0
  for (const word of words) {
    if (!/^\d+$/.test(word)) {
      status = await complain(process, `${prefix}kill: Illegal number: ${word}`)
      continue
    }
    try {
      process.machine.tasks.kill(Number(word), signal)
    } catch (error) {
      status = await complain(
        process,
        /: \d+: $/.test(prefix) && !prefix.includes('line')
          ? `${prefix}kill: ${reasonOf(error)}\n`
          : `${prefix}kill: (${word}) - ${reasonOf(error)}`,
      )
    }
  }
  return status
}
