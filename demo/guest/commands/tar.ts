import { gunzipSync, gzipSync } from 'node:zlib'
import { isSystemError } from '../system/errno.ts'
import { openBytes, type OpenFile } from '../system/open-file.ts'
import { openFor } from '../system/open-for.ts'
import { absolutePath, directoryName, joinPath } from '../system/path.ts'
import { complain, print, standardInput, writeBytes, writeText, type Process } from '../system/process.ts'
import { openOperand, readAll } from '../system/read-lines.ts'
import { matchesPattern } from '../shell/pattern.ts'
import { modeText } from './file-mode.ts'
import { regularFile, directory, symbolicLink } from '../system/file-node.ts'
import { withOptions, type Options } from './options.ts'
import {
  archiveFault,
  entryOf,
  isArchiveFault,
  padded,
  paxRecords,
  readHeader,
  tarEnd,
  tarHeader,
  type TarEntry,
} from './tar-format.ts'

const BLOCK = 512

/** `tar xf -` without a dash is how it has always been called. */
const modern = (args: string[]) =>
  /^[A-Za-z]+$/.test(args[0] ?? '') ? [`-${args[0] ?? ''}`, ...args.slice(1)] : args

const LONG = {
  create: 'c',
  extract: 'x',
  get: 'x',
  list: 't',
  file: 'f',
  directory: 'C',
  verbose: 'v',
  gzip: 'z',
  'no-same-owner': 'o',
  'strip-components': 'S',
  exclude: 'X',
  touch: 'm',
  'preserve-permissions': 'p',
  'same-permissions': 'p',
  'no-same-permissions': 'N',
  'to-stdout': 'O',
  warning: 'W',
  'no-overwrite-dir': 'N',
}

/** Creates, lists and extracts ustar archives: `kubectl cp` needs the first and the last. */
export const tar = (process: Process, args: string[]) =>
  withOptions(
    process,
    modern(args),
    { letters: 'cxtf:C:vzomS:X:pNOW:hPak', long: LONG, usage: 64 },
    async (options) => {
      const { flags, values } = options
      const base = absolutePath(process.cwd, values.get('C') ?? '.')
      if (process.machine.files.find(base)?.type !== 'directory')
        return complain(
          process,
          `tar: ${values.get('C') ?? ''}: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now`,
          2,
        )
      try {
        if (flags.has('c')) return await create(process, options, base)
        if (flags.has('x') || flags.has('t')) return await extract(process, options, base)
      } catch (error) {
        if (!isSystemError(error) && !isArchiveFault(error)) throw error
        return complain(
          process,
          `tar: ${error.message}\ntar: Exiting with failure status due to previous errors`,
          2,
        )
      }
      return complain(
        process,
        "tar: You must specify one of the '-Acdtrux', '--delete' or '--test-label' options\nTry 'tar --help' or 'tar --usage' for more information.",
        2,
      )
    },
  )

const nameOfArchive = ({ values }: Options) => values.get('f') ?? '-'

async function create(process: Process, options: Options, base: string): Promise<number> {
  const { flags, values, operands } = options
  const { files } = process.machine
  if (operands.length === 0)
    return complain(
      process,
      "tar: Cowardly refusing to create an empty archive\nTry 'tar --help' or 'tar --usage' for more information.",
      2,
    )
  const target = nameOfArchive(options)
  const file: OpenFile | undefined = target === '-' ? undefined : openFor(process, target, 'write')
  const zipped: Uint8Array[] = []
  const write = async (bytes: Uint8Array) => {
    if (flags.has('z')) zipped.push(bytes)
    else if (file) await file.write(bytes, process.signal)
    else await writeBytes(process, 1, bytes)
  }
  let status = 0
  let stripped = false
  const add = async (name: string): Promise<void> => {
    const path = absolutePath(base, name)
    const node = files.lookup(path, flags.has('h'))
    if (values.has('X') && matchesPattern(values.get('X') ?? '', name)) return
    const shown = name.replace(/^\/+/, '') || './'
    if (shown !== name && !stripped) {
      stripped = true
      await complain(process, "tar: Removing leading `/' from member names")
    }
    if (flags.has('v')) await writeText(process, file ? 1 : 2, `${shown}\n`)
    if (node.type === 'directory') {
      await write(tarHeader(entryOf(shown, node, 0)))
      for (const [child] of files.list(path)) await add(joinPath(name, child))
      return
    }
    const bytes =
      node.type === 'file' || node.type === 'generated'
        ? await readAll(process, openOperand(process, path))
        : new Uint8Array()
    await write(tarHeader(entryOf(shown, node, bytes.length)))
    for (let at = 0; at < bytes.length; at += BLOCK * 128)
      await write(padded(bytes.subarray(at, at + BLOCK * 128)))
  }
  for (const name of operands) {
    try {
      await add(name)
    } catch (error) {
      if (!isSystemError(error)) throw error
      status = await complain(process, `tar: ${name}: Cannot stat: ${error.message}`, 2)
    }
  }
  await write(tarEnd())
  if (flags.has('z')) {
    const bytes = gzipSync(Buffer.concat(zipped))
    if (file) await file.write(bytes, process.signal)
    else await writeBytes(process, 1, bytes)
  }
  file?.release()
  if (status !== 0) await complain(process, 'tar: Exiting with failure status due to previous errors')
  return status
}

/** Reads exactly so many bytes; fewer at the end. */
async function take(process: Process, file: OpenFile, size: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let left = size
  while (left > 0) {
    const chunk = await file.read(process.signal)
    if (!chunk) break
    file.unread(chunk.subarray(left))
    parts.push(chunk.subarray(0, left))
    left -= Math.min(left, chunk.length)
  }
  return Buffer.concat(parts)
}

function unzip(bytes: Uint8Array): Uint8Array {
  try {
    // What a small archive may grow to is the host's memory.
    return gunzipSync(bytes, { maxOutputLength: 64 * 2 ** 20 })
  } catch (error) {
    throw archiveFault(`gzip: stdin: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function extract(process: Process, options: Options, base: string): Promise<number> {
  const { flags, operands } = options
  const source = nameOfArchive(options)
  let input: OpenFile
  try {
    input = source === '-' ? standardInput(process) : openOperand(process, source)
  } catch (error) {
    if (!isSystemError(error)) throw error
    return complain(
      process,
      `tar: ${source}: Cannot open: ${error.message}\ntar: Error is not recoverable: exiting now`,
      2,
    )
  }
  const head = await take(process, input, 2)
  if (head.length === 0) throw archiveFault('This does not look like a tar archive')
  input.unread(head)
  const file =
    flags.has('z') || (head[0] === 0x1f && head[1] === 0x8b)
      ? openBytes(unzip(await readAll(process, input)), source)
      : input
  let status = 0
  let long: string | undefined
  for (;;) {
    const block = await take(process, file, BLOCK)
    const entry = block.length < BLOCK ? undefined : readHeader(block)
    if (!entry) break
    const data = (await take(process, file, Math.ceil(entry.size / BLOCK) * BLOCK)).subarray(0, entry.size)
    if (entry.type === 'L') long = new TextDecoder().decode(data).replace(/\0+$/, '')
    else if (entry.type === 'x') long = paxRecords(data).get('path') ?? long
    else if (entry.type !== 'g') {
      const named = { ...entry, name: long ?? entry.name }
      long = undefined
      if (
        operands.length > 0 &&
        !operands.some((each) => named.name === each || named.name.startsWith(`${each.replace(/\/$/, '')}/`))
      )
        continue
      try {
        await handle(process, options, base, named, data)
      } catch (error) {
        if (!isSystemError(error)) throw error
        status = await complain(process, `tar: ${named.name}: Cannot open: ${error.message}`, 2)
      }
    }
  }
  // What follows the end is read too, so that the writer is not cut off.
  await readAll(process, file)
  if (status !== 0) await complain(process, 'tar: Exiting with failure status due to previous errors')
  return status
}

async function handle(
  process: Process,
  { flags, values }: Options,
  base: string,
  entry: TarEntry,
  data: Uint8Array,
): Promise<void> {
  const { files, clock } = process.machine
  const directoryEntry = entry.type === '5' || entry.name.endsWith('/')
  if (flags.has('t')) {
    const node = directoryEntry
      ? directory()
      : entry.type === '2'
        ? symbolicLink(entry.link)
        : regularFile('')
    const when = new Date(entry.mtime * 1000).toISOString().slice(0, 16).replace('T', ' ')
    const detail = flags.has('v')
      ? `${modeText({ ...node, mode: entry.mode })} root/root ${String(entry.size).padStart(9)} ${when} `
      : ''
    return print(
      process,
      `${detail}${entry.name}${entry.type === '2' && flags.has('v') ? ` -> ${entry.link}` : ''}\n`,
    )
  }
  const parts = entry.name
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .slice(Number(values.get('S') ?? 0))
  if (parts.includes('..'))
    return void (await complain(process, `tar: ${entry.name}: Member name contains '..'`))
  if (flags.has('v')) await print(process, `${entry.name}\n`)
  if (flags.has('O')) return directoryEntry ? undefined : writeBytes(process, 1, data)
  if (parts.length === 0) return undefined
  const path = joinPath(base, parts.join('/'))
  const ensure = (each: string): void => {
    if (files.find(each)?.type === 'directory') return
    ensure(directoryName(each))
    files.makeDirectory(each)
  }
  ensure(directoryName(path))
  const mtime = flags.has('m') ? clock.now() : entry.mtime * 1000
  if (directoryEntry) ensure(path)
  else if (entry.type === '2') {
    if (files.find(path, false)) files.unlink(path)
    files.makeLink(entry.link, path)
    return undefined
  } else files.put(path, { ...regularFile(Uint8Array.from(data)), mode: entry.mode & 0o7777, mtime })
  files.change(path, {
    mode: entry.mode & 0o7777,
    mtime,
    ...(flags.has('o') ? {} : { uid: entry.uid, gid: entry.gid }),
  })
}
