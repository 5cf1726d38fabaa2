import { isSystemError } from '../system/errno.ts'
import { openPath } from '../system/open-file.ts'
import { print, setFile, standardInput, writeBytes, writeText, type Process } from '../system/process.ts'
import { chunksOf, readLine } from '../system/read-lines.ts'
import { formatTime } from '../commands/date.ts'
import { powershell } from './powershell.ts'
import { computerName, VERSION, WINDOWS_PROGRAMS } from './windows-programs.ts'
import { treePath, windowsPath } from './windows-path.ts'

interface Prompt {
  process: Process
  status: number
  exited: boolean
}

const line = (prompt: Prompt, text: string) => print(prompt.process, `${text}\r\n`)

async function fail(prompt: Prompt, text: string): Promise<number> {
  await writeText(prompt.process, 2, `${text}\r\n`)
  return 1
}

async function dir(prompt: Prompt, rest: string): Promise<number> {
  const { machine, cwd } = prompt.process
  const operand = rest.split(/\s+/).find((word) => word !== '' && !word.startsWith('/')) ?? '.'
  const path = treePath(machine.files, cwd, operand)
  const node = machine.files.find(path)
  await line(prompt, ' Volume in drive C has no label.\r\n Volume Serial Number is 6E12-A4C9\r\n')
  if (!node) return fail(prompt, 'File Not Found')
  const entries = node.type === 'directory' ? machine.files.list(path) : []
  const sizes = entries.map(([, child]) => (child.type === 'file' ? child.size : 0))
  const rows = entries.map(
    ([name, child], i) =>
      `${formatTime('%m/%d/%Y  %I:%M %p', child.mtime)}    ${child.type === 'directory' ? '<DIR>         ' : String(sizes[i] ?? 0).padStart(14)} ${name}`,
  )
  const files = entries.filter(([, child]) => child.type === 'file').length
  const total = sizes.reduce((sum, size) => sum + size, 0)
  await line(
    prompt,
    [
      ` Directory of ${windowsPath(path)}`,
      '',
      ...rows,
      `${String(files).padStart(16)} File(s) ${String(total).padStart(14)} bytes`,
      `${String(entries.length - files).padStart(16)} Dir(s)  61,203,906,560 bytes free`,
    ].join('\r\n'),
  )
  return 0
}

async function type(prompt: Prompt, rest: string): Promise<number> {
  const { process } = prompt
  const path = treePath(process.machine.files, process.cwd, rest)
  if (process.machine.files.find(path)?.type !== 'file')
    return fail(prompt, 'The system cannot find the file specified.')
  for await (const chunk of chunksOf(process, openPath(process.machine.files, path, 'read')))
    await writeBytes(process, 1, chunk)
  return 0
}

async function cd(prompt: Prompt, rest: string): Promise<number> {
  const { process } = prompt
  const target = rest.replace(/^\/d\s+/i, '')
  if (target === '') return line(prompt, windowsPath(process.cwd)).then(() => 0)
  const path = treePath(process.machine.files, process.cwd, target)
  if (process.machine.files.find(path)?.type !== 'directory')
    return fail(prompt, 'The system cannot find the path specified.')
  process.cwd = path
  return 0
}

/** Changes a file, and says what the system would when it cannot. */
const change =
  (act: (prompt: Prompt, path: string) => void) =>
  async (prompt: Prompt, rest: string): Promise<number> => {
    const { process } = prompt
    try {
      act(prompt, treePath(process.machine.files, process.cwd, rest))
      return 0
    } catch (error) {
      if (!isSystemError(error)) throw error
      return fail(
        prompt,
        error.errno === 'EEXIST'
          ? `A subdirectory or file ${rest} already exists.`
          : 'The system cannot find the file specified.',
      )
    }
  }

async function set(prompt: Prompt, rest: string): Promise<number> {
  const [, name, value] = /^([^=]+)=(.*)$/.exec(rest) ?? []
  if (name !== undefined && value !== undefined) prompt.process.env.set(name.toUpperCase(), value)
  else
    for (const [key, text] of prompt.process.env)
      if (key.startsWith(rest.toUpperCase())) await line(prompt, `${key}=${text}`)
  return 0
}

async function exit(prompt: Prompt, rest: string): Promise<number> {
  prompt.exited = true
  const code = /-?\d+/.exec(rest)?.[0]
  return code === undefined ? prompt.status : Number(code) & 255
}

const mkdir = change(({ process }, path) => process.machine.files.makeDirectory(path))

const INTERNAL: Record<string, (prompt: Prompt, rest: string) => Promise<number>> = {
  cd,
  chdir: cd,
  cls: () => Promise.resolve(0),
  del: change(({ process }, path) => process.machine.files.unlink(path)),
  dir,
  echo: (prompt, rest) => line(prompt, rest === '' ? 'ECHO is on.' : rest).then(() => 0),
  'echo.': (prompt, rest) => line(prompt, rest).then(() => 0),
  exit,
  md: mkdir,
  mkdir,
  rd: change(({ process }, path) => process.machine.files.removeDirectory(path)),
  rem: () => Promise.resolve(0),
  set,
  type,
  ver: (prompt) => line(prompt, `\r\nMicrosoft Windows [Version ${VERSION}]`).then(() => 0),
}

/** Puts `%NAME%` in. */
function expand({ process, status }: Prompt, text: string): string {
  const known = new Map([
    ...process.env,
    ['COMPUTERNAME', computerName(process.machine)],
    ['ERRORLEVEL', String(status)],
    ['CD', windowsPath(process.cwd)],
  ])
  return text.replace(/%(\w+)%/g, (whole, name: string) => known.get(name.toUpperCase()) ?? whole)
}

async function runOne(prompt: Prompt, text: string): Promise<number> {
  const { process } = prompt
  const redirect = /\s*(>>?)\s*("[^"]+"|[^\s>&|]+)\s*$/.exec(text)
  const command = (redirect ? text.slice(0, redirect.index) : text).trimStart()
  const [, name = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(command) ?? []
  if (name === '') return prompt.status
  const key = name.toLowerCase().replace(/\.exe$/, '')
  const internal = Object.hasOwn(INTERNAL, key) ? INTERNAL[key] : undefined
  const program = Object.hasOwn(WINDOWS_PROGRAMS, key) ? WINDOWS_PROGRAMS[key] : undefined
  const before = process.files.get(1)?.retain()
  if (redirect)
    setFile(
      process,
      1,
      openPath(
        process.machine.files,
        treePath(process.machine.files, process.cwd, redirect[2] ?? ''),
        redirect[1] === '>>' ? 'append' : 'write',
      ),
    )
  try {
    // Only echo shows the blanks behind it.
    if (internal) return await internal(prompt, key === 'echo' ? rest : rest.trim())
    if (program)
      return await program(
        process,
        rest.split(/\s+/).filter((word) => word !== ''),
      )
    if (key === 'cmd') return await commandPrompt(process, rest.split(/\s+/))
    if (key === 'powershell' || key === 'pwsh') return await powershell(process, [rest])
    await writeText(
      process,
      2,
      `'${name}' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n`,
    )
    return 1
  } finally {
    if (before) setFile(process, 1, before)
  }
}

/** Runs one line: `&` goes on anyway, `&&` after success, `||` after failure. */
async function runLine(prompt: Prompt, text: string): Promise<void> {
  let operator = '&'
  for (const part of text.split(/(&&|\|\||&)/)) {
    if (['&', '&&', '||'].includes(part)) operator = part
    else if (operator === '&' || (operator === '&&') === (prompt.status === 0))
      prompt.status = await runOne(prompt, expand(prompt, part))
    if (prompt.exited) return
  }
}

/** Reads lines and runs them until there are no more; with echo it prompts for them and says them again. */
async function runInput(prompt: Prompt, echo: boolean): Promise<void> {
  const { process } = prompt
  const input = standardInput(process)
  while (!prompt.exited) {
    if (echo) await print(process, `${windowsPath(process.cwd)}>`)
    const next = await readLine(process, input)
    if (!next) break
    const text = next.text.replace(/\r$/, '')
    if (echo) await line(prompt, text)
    await runLine(prompt, text)
    if (echo && !prompt.exited) await line(prompt, '')
  }
}

/** cmd.exe: `/c command`, `/k command` and then lines from standard input, or such lines alone; `/q` without echo. */
export async function commandPrompt(process: Process, args: string[]): Promise<number> {
  const prompt: Prompt = { process, status: 0, exited: false }
  const at = args.findIndex((arg) => /^\/[ck]$/i.test(arg))
  const options = (at < 0 ? args : args.slice(0, at)).map((arg) => arg.toLowerCase())
  if (at >= 0) {
    const text = args.slice(at + 1).join(' ')
    await runLine(prompt, /^".*"$/.test(text) ? text.slice(1, -1) : text)
    if (args[at]?.toLowerCase() === '/c') return prompt.status
  } else {
    await line(
      prompt,
      `Microsoft Windows [Version ${VERSION}]\r\n(c) Microsoft Corporation. All rights reserved.\r\n`,
    )
  }
  await runInput(prompt, !options.includes('/q'))
  return prompt.status
}
