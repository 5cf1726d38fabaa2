import { writeText, type Process } from '../system/process.ts'
import { commandPrompt } from './command-prompt.ts'
import { powershell } from './powershell.ts'
import { WINDOWS_PROGRAMS } from './windows-programs.ts'

/** Starts what argv names on Windows, without a shell around it. */
export async function runWindows(process: Process, argv: readonly string[]): Promise<number> {
  const [name = '', ...args] = argv
  const key = (name.split('\\').at(-1) ?? '').toLowerCase().replace(/\.exe$/, '')
  if (key === 'cmd') return commandPrompt(process, args)
  if (key === 'powershell' || key === 'pwsh') return powershell(process, args)
  const program = Object.hasOwn(WINDOWS_PROGRAMS, key) ? WINDOWS_PROGRAMS[key] : undefined
  if (program) return program(process, args)
  await writeText(process, 2, `exec: "${name}": executable file not found in %PATH%\n`)
  return 127
}
