import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createMarkReader } from './find-mark.ts'
import type { ShellWish } from './shell-command.ts'
import { MARK, shellCommand } from './shell-command.ts'

const wish = (more: Partial<ShellWish> = {}): ShellWish => ({
  os: 'linux',
  shell: '',
  size: { columns: 80, rows: 24 },
  ...more,
})

/** Runs it on this machine: `PATH` says which programs the guest has. */
function run([program = '', ...args]: string[], input: string, path = process.env['PATH'] ?? '') {
  const { stdout, status } = spawnSync(program === 'sh' ? '/bin/sh' : program, args, {
    input,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  })
  return { stdout, status }
}

describe('the command of a shell', () => {
  it('gives a terminal where the guest can make one, of the size of the page', () => {
    const { stdout } = run(shellCommand(wish({ size: { columns: 97, rows: 31 } })), 'stty size; exit 3\n')
    // Behind the echo of what was typed before there was a shell, as no page does.
    expect(stdout).toMatch(new RegExp(`${MARK.terminal} /dev/pts/\\d+\r\n`))
    expect(stdout).toContain('31 97')
  })

  it('reads lines where it cannot, and keeps the exit code', () => {
    const bare = mkdtempSync(join(tmpdir(), 'guest-'))
    symlinkSync('/bin/sh', join(bare, 'sh'))
    const { stdout, status } = run(shellCommand(wish()), 'echo $((6*7)); exit 3\n', bare)
    rmSync(bare, { recursive: true })
    expect(stdout.startsWith(MARK.lines)).toBe(true)
    expect([stdout.includes('42'), status]).toEqual([true, 3])
  })

  it('is what the guest has of Windows', () => {
    expect(shellCommand(wish({ os: 'windows' }))).toEqual(['cmd.exe', '/Q', '/K', 'echo cocoon-shell lines'])
  })

  it('takes the shell that was configured', () => {
    expect(shellCommand(wish({ shell: '/bin/dash' })).join(' ')).toContain('command -v /bin/dash')
  })
})

describe('the mark of a shell', () => {
  const push = (...chunks: string[]) => {
    const reader = createMarkReader()
    return chunks.map((chunk) => {
      const found = reader.push(Buffer.from(chunk))
      return found && { mark: found.mark, rest: found.rest.toString() }
    })
  }
  const LINES = { terminal: false, name: '' }
  it.each<[why: string, chunks: string[], last: ReturnType<typeof push>[number]]>([
    [
      'a terminal',
      ['cocoon-shell terminal /dev/pts/3\r\n$ '],
      { mark: { terminal: true, name: '/dev/pts/3' }, rest: '$ ' },
    ],
    [
      'a terminal of macOS',
      ['cocoon-shell terminal /dev/ttys004\r\n'],
      { mark: { terminal: true, name: '/dev/ttys004' }, rest: '' },
    ],
    ['one without a name', ['cocoon-shell terminal\n$ '], { mark: { terminal: true, name: '' }, rest: '$ ' }],
    [
      'a name that is none',
      ['cocoon-shell terminal not a tty\n'],
      { mark: { terminal: true, name: '' }, rest: '' },
    ],
    [
      'a name that would be more than one',
      ['cocoon-shell terminal /dev/pts/1 -a\n'],
      { mark: { terminal: true, name: '' }, rest: '' },
    ],
    [
      'a name that leads elsewhere',
      ['cocoon-shell terminal /dev/pts/../sda\n'],
      { mark: { terminal: true, name: '' }, rest: '' },
    ],
    ['lines', ['cocoon-shell lines\n'], { mark: LINES, rest: '' }],
    ['in pieces', ['coc', 'oon-shell li', 'nes\n# '], { mark: LINES, rest: '# ' }],
    [
      'cut within its name',
      ['cocoon-shell terminal /dev/p', 'ts/12\n# '],
      { mark: { terminal: true, name: '/dev/pts/12' }, rest: '# ' },
    ],
    ['of Windows', ['cocoon-shell lines\r\nC:\\>'], { mark: LINES, rest: 'C:\\>' }],
    ['cut within the end of its line', ['cocoon-shell lines\r', '\n>'], { mark: LINES, rest: '>' }],
    ['a half one', ['cocoon-'], null],
    ['something else', ['cocoon-pi'], { mark: null, rest: 'cocoon-pi' }],
    ['a banner', ['Welcome\n'], { mark: null, rest: 'Welcome\n' }],
    [
      'a name without an end',
      [`cocoon-shell terminal /${'x'.repeat(60)}`],
      { mark: null, rest: `cocoon-shell terminal /${'x'.repeat(60)}` },
    ],
  ])('%s', (_why, chunks, last) => {
    expect(push(...chunks).at(-1)).toEqual(last)
  })
})
