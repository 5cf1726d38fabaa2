import { afterEach, describe, expect, it } from 'vitest'
import { pipe } from './system/pipe.ts'
import { runIn, testGuest } from './testing/test-guest.ts'
import type { Guest } from './guest.ts'

const never = new AbortController().signal
const stops: AbortController[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop.abort(new Error('the test is over'))
})

/** Somebody at the keyboard of a shell in a guest. */
function sitDown(argv: readonly string[], guest: Guest = testGuest()) {
  const keys = pipe()
  const stop = new AbortController()
  stops.push(stop)
  const decoder = new TextDecoder()
  let seen = ''
  let look = () => {}
  async function* stdin() {
    for (;;) {
      const chunk = await keys.reader.read(stop.signal)
      if (!chunk) return
      yield chunk
    }
  }
  const show = async (chunk: Uint8Array) => {
    seen += decoder.decode(chunk, { stream: true })
    look()
  }
  const ended = guest.run(argv, { stdin: stdin(), stdout: show, stderr: show, signal: stop.signal })
  return {
    guest,
    ended,
    type: (text: string) => keys.writer.write(new TextEncoder().encode(text), never),
    /** Waits for it behind what was waited for before. */
    async until(text: string | RegExp): Promise<string> {
      for (;;) {
        const at = typeof text === 'string' ? seen.indexOf(text) : seen.search(text)
        if (at >= 0) {
          const upTo = at + (typeof text === 'string' ? text.length : (text.exec(seen)?.[0].length ?? 0))
          const before = seen.slice(0, upTo)
          seen = seen.slice(upTo)
          return before
        }
        await new Promise<void>((resolve) => (look = resolve))
      }
    },
  }
}

/** As somebody calls it who wants a terminal where there can be one, and lines elsewhere (contract 6.7). */
const LINUX = [
  'sh',
  '-c',
  'i="stty cols 100 rows 30; echo terminal \\$(tty); exec bash -il"; ' +
    'if script -qec : /dev/null </dev/null >/dev/null 2>&1; then exec script -qfec "$i" /dev/null; fi; ' +
    'echo lines; exec sh -i',
]
const PROMPT = ':\u001B[1;34m/\u001B[0m# '

async function atPrompt() {
  const desk = sitDown(LINUX)
  await desk.until('terminal /dev/pts/0\r\n')
  await desk.until(PROMPT)
  return desk
}

describe('a shell in a terminal of the guest', () => {
  it('has the size of the page, knows that it is one, and ends with its exit code', async () => {
    const desk = await atPrompt()
    await desk.type('stty size; tty; test -t 1 && echo yes; exit 7\r')
    expect(await desk.until('yes\r\n')).toContain('\r\n30 100\r\n/dev/pts/0\r\n')
    expect(await desk.ended).toBe(7)
  })

  it.each<[string, string, string]>([
    ['backspace', 'echo abX\u007Fc', 'abc'],
    ['a key in between', 'echo ac\u001B[Db', 'abc'],
    ['home and end', 'cho abc\u001B[He\u001B[F!', 'abc!'],
    ['a word', 'echo abc def\u0017!', 'abc !'],
    ['the whole line', 'rm -rf /\u0015echo abc', 'abc'],
    ['a character of several bytes', 'echo a\u00E9\u6F22\u007F', 'a\u00E9'],
    ['giving up', 'rm -rf /\u0003echo abc', 'abc'],
  ])('edits a line: %s', async (_, keys, said) => {
    const desk = await atPrompt()
    await desk.type(`${keys}\r`)
    expect(await desk.until(`\n${said}\r\n`)).toContain('\r\n')
  })

  it('finds lines again, and begins an unfinished one below', async () => {
    const desk = await atPrompt()
    await desk.type('echo one\r')
    await desk.until('\none\r\n')
    await desk.until(PROMPT)
    await desk.type('echo two\r')
    await desk.until('\ntwo\r\n')
    await desk.until(PROMPT)
    await desk.type('\u001B[A\u001B[A\r')
    await desk.until('\none\r\n')
    await desk.until(PROMPT)
    await desk.type('for n in 1 2\r')
    await desk.until('> ')
    await desk.type('do echo n$n; done\r')
    expect(await desk.until('\nn1\r\nn2\r\n')).toContain('echo n$n; done')
  })

  it('stops what runs by ^C, and nothing else', async () => {
    const desk = await atPrompt()
    await desk.type('sleep 2000 &\r')
    await desk.until(PROMPT)
    await desk.type('sleep 1000\r')
    await desk.until('sleep 1000\r\n')
    await desk.type('\u0003')
    await desk.until('^C\r\n')
    await desk.until(PROMPT)
    await desk.type('echo "code $?"\r')
    await desk.until('\ncode 130\r\n')
    const { stdout } = await runIn(desk.guest, ['ps', '-o', 'args='])
    expect(stdout).toContain('sleep 2000')
    expect(stdout).not.toContain('sleep 1000')
  })

  it.each([
    ['in one go', ['sleep 1000\r\u0003']],
    ['in two', ['sleep 1000\r', '\u0003']],
    ['before the line', ['sleep 1000', '\r', '\u0003']],
  ])('loses no ^C that is typed too soon: %s', async (_, parts) => {
    const desk = await atPrompt()
    for (const part of parts) await desk.type(part)
    await desk.until('^C')
    await desk.until(PROMPT)
    await desk.type('echo "code $?"\r')
    expect(await desk.until('\ncode 130\r\n')).toContain('echo')
  })

  it('stops a loop of the shell itself by ^C', async () => {
    const desk = await atPrompt()
    await desk.type('while true; do sleep 0.01; done\r')
    await desk.until('done\r\n')
    await desk.type('\u0003')
    await desk.until('^C\r\n')
    await desk.type('echo "still $((40+2))"\r')
    expect(await desk.until('\nstill 42\r\n')).toContain('echo')
  })

  it('lets programs read lines that the terminal edits, to their end', async () => {
    const desk = await atPrompt()
    await desk.type('cat | tr a-z A-Z\r')
    await desk.until('A-Z\r\n')
    await desk.type('halllo\u007F\u007Fo\r\u0004')
    await desk.until('\nHALLO\r\n')
    expect(await desk.until(PROMPT)).not.toContain('HAL')
  })

  it('shows names in colours and columns', async () => {
    const desk = await atPrompt()
    await desk.type('ls /\r')
    const shown = await desk.until(PROMPT)
    expect(shown).toContain('\u001B[01;34metc\u001B[0m')
    expect(shown.split('\r\n').length).toBeLessThan(6)
    await desk.type('ls / | head -2\r')
    await desk.until('\nbin\r\nboot\r\n')
  })

  it('takes another size from elsewhere', async () => {
    const desk = await atPrompt()
    const elsewhere = await runIn(desk.guest, ['stty', '-F', '/dev/pts/0', 'cols', '61', 'rows', '17'])
    expect(elsewhere).toEqual({ code: 0, stdout: '', stderr: '' })
    await desk.type('stty size\r')
    await desk.until('\n17 61\r\n')
    expect((await runIn(desk.guest, ['stty', '-F', '/dev/pts/7', 'size'])).code).toBe(1)
  })

  it('has none in a slim image, nor on Android', async () => {
    for (const [os, image] of [
      ['linux', 'ghcr.io/cocoonstack/images/debian-slim:13'],
      ['android', 'android-15:stable'],
    ] as const) {
      const said = await sitDown(LINUX, testGuest({ os, image })).until('lines\n')
      expect(said).toBe('lines\n')
    }
  })
})
