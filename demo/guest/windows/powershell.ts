import { print, standardInput, writeText, type Process } from '../system/process.ts'
import { readText } from '../system/read-lines.ts'
import { openPath } from '../system/open-file.ts'
import { sleep } from '../../sleep.ts'
import { formatTime } from '../commands/date.ts'
import { computerName, VERSION, WINDOWS_PROGRAMS } from './windows-programs.ts'
import { treePath, windowsPath } from './windows-path.ts'

type Cmdlet = (process: Process, args: string[]) => Promise<number>

const done = (work: Promise<void>) => work.then(() => 0)
const line = (process: Process, text: string) => print(process, `${text}\r\n`)
const operandsOf = (args: string[]) =>
  args
    .filter((arg, i) => !arg.startsWith('-') && !/^-(?:path|name|seconds|s)$/i.test(args[i - 1] ?? ''))
    .concat(args.filter((_, i) => /^-(?:path|name|seconds|s)$/i.test(args[i - 1] ?? '')))

async function getProcess(process: Process, args: string[]): Promise<number> {
  const { machine } = process
  const [wanted] = operandsOf(args)
  const nameOf = (argv0 = '') => argv0.replace(/\.exe$/, '')
  const found = machine.tasks
    .all()
    .filter((task) => wanted === undefined || nameOf(task.argv[0]).toLowerCase() === wanted.toLowerCase())
  if (found.length === 0)
    return fail(
      process,
      'Get-Process',
      `Cannot find a process with the name "${wanted ?? ''}". Verify the process name and call the cmdlet again.`,
    )
  const rows = found.map(
    (task) =>
      `${'0'.padStart(7)} ${'0'.padStart(7)} ${String(Math.floor(task.virtualBytes / 3072)).padStart(8)} ${String(Math.floor(task.residentBytes / 1024)).padStart(10)} ${(machine.tasks.cpuTime(task) / 1000).toFixed(2).padStart(10)} ${String(task.pid).padStart(7)}   0 ${nameOf(task.argv[0])}`,
  )
  await line(
    process,
    [
      '',
      'Handles  NPM(K)    PM(K)      WS(K)     CPU(s)      Id  SI ProcessName',
      '-------  ------    -----      -----     ------      --  -- -----------',
      ...rows,
      '',
      '',
    ].join('\r\n'),
  )
  return 0
}

async function getChildren(process: Process, args: string[]): Promise<number> {
  const { files } = process.machine
  const path = treePath(files, process.cwd, operandsOf(args)[0] ?? '.')
  if (!files.find(path))
    return fail(
      process,
      'Get-ChildItem',
      `Cannot find path '${windowsPath(path)}' because it does not exist.`,
    )
  const rows = files
    .list(path)
    .map(
      ([name, node]) =>
        `${node.type === 'directory' ? 'd-----' : '-a----'}        ${formatTime('%m/%d/%Y  %I:%M %p', node.mtime)} ${String(node.type === 'file' ? node.size : '').padStart(14)} ${name}`,
    )
  await line(
    process,
    [
      '',
      '',
      `    Directory: ${windowsPath(path)}`,
      '',
      '',
      'Mode                 LastWriteTime         Length Name',
      '----                 -------------         ------ ----',
      ...rows,
      '',
      '',
    ].join('\r\n'),
  )
  return 0
}

async function getContent(process: Process, args: string[]): Promise<number> {
  const { files } = process.machine
  const path = treePath(files, process.cwd, operandsOf(args)[0] ?? '')
  if (files.find(path)?.type !== 'file')
    return fail(process, 'Get-Content', `Cannot find path '${windowsPath(path)}' because it does not exist.`)
  const text = await readText(process, openPath(files, path, 'read'))
  await print(process, text.endsWith('\n') || text === '' ? text : `${text}\r\n`)
  return 0
}

async function fail(process: Process, name: string, text: string): Promise<number> {
  await writeText(process, 2, `${name} : ${text}\r\n`)
  return 1
}

const write: Cmdlet = (process, args) => done(line(process, operandsOf(args).join(' ')))
const writeLines: Cmdlet = (process, args) =>
  done(
    print(
      process,
      operandsOf(args)
        .map((arg) => `${arg}\r\n`)
        .join(''),
    ),
  )

const CMDLETS: Record<string, Cmdlet> = {
  'get-process': getProcess,
  ps: getProcess,
  'get-childitem': getChildren,
  dir: getChildren,
  ls: getChildren,
  'get-content': getContent,
  cat: getContent,
  type: getContent,
  'get-date': (process) =>
    done(
      line(process, `\r\n${formatTime('%A, %B %-d, %Y %-I:%M:%S %p', process.machine.clock.now())}\r\n\r\n`),
    ),
  'get-location': (process) => done(line(process, `\r\nPath\r\n----\r\n${windowsPath(process.cwd)}\r\n\r\n`)),
  pwd: (process) => done(line(process, `\r\nPath\r\n----\r\n${windowsPath(process.cwd)}\r\n\r\n`)),
  'write-output': writeLines,
  echo: writeLines,
  'write-host': write,
  'start-sleep': async (process, args) => {
    await sleep(process.machine.clock, (Number(operandsOf(args)[0]) || 0) * 1000, process.signal)
    return 0
  },
}

/** `$env:NAME`, `$PSVersionTable.PSVersion` and quotes. */
function valueOf(process: Process, word: string): string {
  const single = /^'(.*)'$/s.exec(word)?.[1]
  if (single !== undefined) return single.replaceAll("''", "'")
  const known = new Map([...process.env, ['COMPUTERNAME', computerName(process.machine)]])
  const double = /^"(.*)"$/s.exec(word)?.[1] ?? word
  return double
    .replace(/\$env:(\w+)/gi, (_, name: string) => known.get(name.toUpperCase()) ?? '')
    .replace(/\$PSVersionTable\.PSVersion/gi, '5.1.26100.4061')
    .replace(/\[Environment\]::OSVersion\.Version/gi, VERSION)
}

async function runStatement(process: Process, text: string): Promise<{ status: number; exited: boolean }> {
  const words = text.match(/"[^"]*"|'[^']*'|\S+/g) ?? []
  const [first = '', ...rest] = words
  const args = rest.map((word) => valueOf(process, word))
  const key = first.toLowerCase().replace(/\.exe$/, '')
  if (key === '') return { status: 0, exited: false }
  if (key === 'exit') return { status: Number(args[0] ?? 0) & 255, exited: true }
  if (/^["'$[\d]/.test(first)) {
    await line(process, words.map((word) => valueOf(process, word)).join(' '))
    return { status: 0, exited: false }
  }
  const run = Object.hasOwn(CMDLETS, key)
    ? CMDLETS[key]
    : Object.hasOwn(WINDOWS_PROGRAMS, key)
      ? WINDOWS_PROGRAMS[key]
      : undefined
  if (run) return { status: await run(process, args), exited: false }
  const reason = `The term '${first}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`
  return { status: await fail(process, first, reason), exited: false }
}

/** PowerShell, for one statement after another; pipelines are not known here, and said so. */
export async function powershell(process: Process, args: string[]): Promise<number> {
  const words = args.join(' ').split(/\s+/)
  const at = words.findIndex((word) => /^-c(?:ommand)?$/i.test(word))
  const options = words.findIndex(
    (word, i) =>
      word !== '' &&
      !/^-(?:noprofile|noninteractive|nologo|executionpolicy|bypass)$/i.test(word) &&
      !/^-executionpolicy$/i.test(words[i - 1] ?? ''),
  )
  const start = at >= 0 ? at + 1 : options
  const given = start < 0 ? '' : words.slice(start).join(' ')
  const text =
    given === '' || given === '-'
      ? await readText(process, standardInput(process))
      : given.replace(/^& ?\{(.*)\}$/s, '$1').replace(/^"(.*)"$/s, '$1')
  let last = 0
  for (const statement of text.split(/[;\r\n]+/)) {
    if (/[^'"]*\|/.test(statement.replace(/"[^"]*"|'[^']*'/g, '')))
      return fail(process, 'powershell', 'pipelines are not supported in this guest')
    const { status, exited } = await runStatement(process, statement.trim())
    last = status
    if (exited) break
  }
  return last
}
