import { complain, print, type Process } from '../system/process.ts'
import { unescapeText } from './escapes.ts'
import { formatOnce } from './format-text.ts'

/**
 * `printf format argument...`: the format is used again until the arguments are used up. `prefix` begins a
 * message.
 */
export async function printf(process: Process, args: string[], prefix = ''): Promise<number> {
  const [format, ...values] = args[0] === '--' ? args.slice(1) : args
  if (format === undefined) return complain(process, `${prefix}printf: usage: printf format [arguments]`, 2)
  const bad: string[] = []
  const { text: template, stopped: cut } = unescapeText(format, 'printf')
  for (;;) {
    const before = values.length
    const { text, stopped } = formatOnce(template, values, bad)
    await print(process, text)
    if (stopped || cut || values.length === 0 || values.length === before) break
  }
  for (const value of bad) await complain(process, `${prefix}printf: ${value}: expected numeric value`)
  return bad.length > 0 ? 1 : 0
}
