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
    expect(stdout.startsWith(MARK.terminal)).toBe(true)
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
      return found && { mode: found.mode, rest: found.rest.toString() }
    })
  }
  it.each<[why: string, chunks: string[], last: ReturnType<typeof push>[number]]>([
    ['a terminal', ['cocoon-shell terminal\n$ '], { mode: { terminal: true }, rest: '$ ' }],
    ['lines', ['cocoon-shell lines\n'], { mode: { terminal: false }, rest: '' }],
    ['in pieces', ['coc', 'oon-shell li', 'nes\n# '], { mode: { terminal: false }, rest: '# ' }],
    ['of Windows', ['cocoon-shell lines\r\nC:\\>'], { mode: { terminal: false }, rest: 'C:\\>' }],
    [
      'cut within the end of its line',
      ['cocoon-shell lines\r', '\n>'],
      { mode: { terminal: false }, rest: '>' },
    ],
    ['a half one', ['cocoon-'], null],
    ['something else', ['cocoon-pi'], { mode: null, rest: 'cocoon-pi' }],
    ['a banner', ['Welcome\n'], { mode: null, rest: 'Welcome\n' }],
  ])('%s', (_why, chunks, last) => {
    expect(push(...chunks).at(-1)).toEqual(last)
  })
})
