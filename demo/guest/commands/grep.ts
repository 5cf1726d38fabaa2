import { fromDirectory, joinPath } from '../system/path.ts'
import { complain, print, type Process } from '../system/process.ts'
import { lineBatches } from '../system/read-lines.ts'
import { isSystemError } from '../system/errno.ts'
import { eachFile } from './each-file.ts'
import { withOptions, type Options } from './options.ts'
import { escapeRegex, posixRegex } from './posix-regex.ts'

const LONG = {
  'ignore-case': 'i',
  'invert-match': 'v',
  'line-number': 'n',
  recursive: 'r',
  count: 'c',
  'extended-regexp': 'E',
  'fixed-strings': 'F',
  quiet: 'q',
  silent: 'q',
  'files-with-matches': 'l',
  'files-without-match': 'L',
  'only-matching': 'o',
  'word-regexp': 'w',
  'line-regexp': 'x',
  'max-count': 'm',
  'no-filename': 'h',
  'with-filename': 'H',
  regexp: 'e',
  'no-messages': 's',
  'after-context': 'A',
  'before-context': 'B',
  context: 'C',
  color: 'z',
  colour: 'z',
  'perl-regexp': 'P',
}

function matcherOf(pattern: string, { flags }: Options, mode: string): RegExp {
  const sources = pattern.split('\n').map((line) => {
    if (mode === 'fgrep' || flags.has('F')) return escapeRegex(line)
    return posixRegex(line, mode === 'egrep' || flags.has('E') || flags.has('P')).source
  })
  const body = sources.map((source) => (source === '(?:)' ? '' : source)).join('|')
  const whole = flags.has('x') ? `^(?:${body})$` : flags.has('w') ? `(?<!\\w)(?:${body})(?!\\w)` : body
  return new RegExp(whole, `g${flags.has('i') || flags.has('y') ? 'i' : ''}`)
}

/** The files to search: directories only with `-r`. */
async function filesOf(process: Process, operands: string[], recursive: boolean): Promise<string[]> {
  if (!recursive) return operands
  const { files } = process.machine
  const walk = (path: string): string[] => {
    if (files.find(fromDirectory(process.cwd, path))?.type !== 'directory') return [path]
    return files
      .list(fromDirectory(process.cwd, path))
      .filter(([, node]) => node.type !== 'link' && node.type !== 'device')
      .flatMap(([name]) => walk(path === '.' && operands.length === 0 ? name : joinPath(path, name)))
  }
  return (operands.length > 0 ? operands : ['.']).flatMap(walk)
}

const grepAs = (mode: string) => (process: Process, args: string[]) =>
  withOptions(
    process,
    args.map((arg) => (/^-\d+$/.test(arg) ? `-C${arg.slice(1)}` : arg)),
    { letters: 'ivnrRcEFGPqlLowxm:hHe:sA:B:C:yaIz', long: LONG, usage: 2 },
    async (options) => {
      const { flags, values, lists, operands } = options
      const pattern = lists.get('e')?.join('\n') ?? operands.shift()
      if (pattern === undefined)
        return complain(
          process,
          "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.",
          2,
        )
      let matcher: RegExp
      try {
        matcher = matcherOf(pattern, options, mode)
      } catch (error) {
        return complain(
          process,
          `grep: ${error instanceof SyntaxError ? reasonOfPattern(error.message) : String(error)}`,
          2,
        )
      }
      const recursive = flags.has('r') || flags.has('R')
      const names = await filesOf(process, operands, recursive)
      const titled = flags.has('H') || (!flags.has('h') && (names.length > 1 || recursive))
      const search: Search = {
        process,
        options,
        matcher,
        limit: Number(values.get('m') ?? Infinity),
        before: Number(values.get('B') ?? values.get('C') ?? 0),
        after: Number(values.get('A') ?? values.get('C') ?? 0),
        found: false,
      }
      const failed = await eachFile(process, names, async (file, name) => {
        const shown = name === '-' ? '(standard input)' : name
        const batches = lineBatches(process, file)
        try {
          await searchFile(search, batches, shown, titled ? shown : undefined)
        } catch (error) {
          if (isSystemError(error) && error.errno === 'EISDIR')
            return void (await complain(process, `grep: ${name}: Is a directory`))
          throw error
        }
      })
      if (failed !== 0 && !(flags.has('q') && search.found)) return 2
      return search.found ? 0 : 1
    },
  )

const reasonOfPattern = (message: string) =>
  /Unterminated group|Unmatched '\)'/.test(message)
    ? 'Unmatched ( or \\('
    : message.replace(/^Invalid regular expression: /, '')

interface Search {
  process: Process
  options: Options
  matcher: RegExp
  limit: number
  before: number
  after: number
  found: boolean
}

async function searchFile(
  search: Search,
  batches: AsyncIterable<{ lines: string[] }>,
  name: string,
  title: string | undefined,
): Promise<void> {
  const {
    process,
    options: { flags },
    matcher,
    limit,
    before,
    after,
  } = search
  const quiet = flags.has('q') || flags.has('l') || flags.has('L') || flags.has('c')
  let count = 0
  let number = 0
  let trailing = 0
  let lastShown = 0
  const held: { number: number; line: string }[] = []
  const mark = (sign: string, at: number) =>
    `${title === undefined ? '' : `${title}${sign}`}${flags.has('n') ? `${at}${sign}` : ''}`
  scan: for await (const { lines } of batches) {
    let output = ''
    const show = (sign: string, at: number, text: string) => {
      if (before + after > 0 && lastShown > 0 && at > lastShown + 1) output += '--\n'
      lastShown = at
      output += `${mark(sign, at)}${text}\n`
    }
    for (const line of lines) {
      number++
      matcher.lastIndex = 0
      if (matcher.test(line) === flags.has('v')) {
        if (trailing-- > 0) show('-', number, line)
        else if (before > 0) {
          held.push({ number, line })
          if (held.length > before) held.shift()
        }
        continue
      }
      if (count >= limit) break scan
      count++
      if (!quiet) {
        matcher.lastIndex = 0
        for (const each of held.splice(0)) show('-', each.number, each.line)
        if (flags.has('o'))
          for (const [match] of flags.has('v') ? [] : line.matchAll(matcher))
            output += match === '' ? '' : `${mark(':', number)}${match}\n`
        else show(':', number, line)
      }
      trailing = after
      const enough = flags.has('q') || flags.has('l') || flags.has('L') || (count >= limit && after === 0)
      if (enough) {
        await print(process, output)
        break scan
      }
    }
    await print(process, output)
  }
  if (count > 0 && !flags.has('L')) search.found = true
  if (flags.has('q')) return
  if (flags.has('c')) await print(process, `${title === undefined ? '' : `${title}:`}${count}\n`)
  else if (flags.has('l') && count > 0) await print(process, `${name}\n`)
  else if (flags.has('L') && count === 0) {
    search.found = true
    await print(process, `${name}\n`)
  }
}

export const grep = grepAs('grep')
export const egrep = grepAs('egrep')
export const fgrep = grepAs('fgrep')
