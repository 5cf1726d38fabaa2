import { print, type Process } from '../system/process.ts'
import { unescapeText } from './escapes.ts'

/** `echo [-n] [-e] text...`; dash's own takes no -e and reads escapes always. */
export async function echo(process: Process, args: string[], escapesAlways = false): Promise<number> {
  const words = [...args]
  let newline = true
  let escapes = escapesAlways
  const option = escapesAlways ? /^-n$/ : /^-[neE]+$/
  while (option.test(words[0] ?? '')) {
    const flags = words.shift() ?? ''
    if (flags.includes('n')) newline = false
    if (/[eE]/.test(flags)) escapes = flags.lastIndexOf('e') > flags.lastIndexOf('E')
  }
  const text = words.join(' ')
  const { text: shown, stopped } = escapes ? unescapeText(text, 'echo') : { text, stopped: false }
  await print(process, newline && !stopped ? `${shown}\n` : shown)
  return 0
}
