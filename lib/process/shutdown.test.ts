import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'

const SCRIPT = fileURLToPath(new URL('./ending.fixture.ts', import.meta.url))

let cleanUp = () => {}
afterEach(() => cleanUp())

async function started() {
  const child = spawn(process.execPath, [SCRIPT], { stdio: ['ignore', 'pipe', 'pipe'] })
  const agent = new Agent({ keepAlive: true })
  cleanUp = () => {
    agent.destroy()
    child.kill('SIGKILL')
  }
  const stderr = text(child.stderr)
  const ended = once(child, 'exit') as Promise<[code: number | null, signal: string | null]>
  const [port] = (await once(child.stdout, 'data')) as [Buffer]
  const ask = async (path: string) => {
    const url = `http://127.0.0.1:${port.toString().trim()}${path}`
    const [answer] = (await once(get(url, { agent }), 'response')) as [IncomingMessage]
    return answer
  }
  const logged = async () =>
    (await stderr)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string; error?: { message: string; stack: string } })
  return { child, ask, ended, logged }
}

describe('a process that is told to end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s runs every step, ends its streams and goes',
    async (signal) => {
      const { child, ask, ended, logged } = await started()
      const hello = await ask('/')
      expect(await text(hello)).toBe('hello')
      const stream = await ask('/stream')
      child.kill(signal)
      expect(await text(stream)).toBe('data: 1\n\n')
      expect(await ended).toEqual([0, null])
      const lines = await logged()
      expect(lines.map(({ msg }) => msg)).toEqual([
        'shutting down',
        'first',
        'a step of the shutdown failed',
        'a step of the shutdown failed',
        'last',
      ])
      expect(lines.flatMap(({ error }) => error?.message ?? [])).toEqual([
        'this step is broken',
        'so is this',
      ])
      expect(lines[2]?.error?.stack).toContain('ending.fixture.ts')
    },
  )

  it('takes a second signal for the same wish', async () => {
    const { child, ended, logged } = await started()
    child.kill('SIGTERM')
    child.kill('SIGINT')
    expect(await ended).toEqual([0, null])
    expect((await logged()).filter(({ msg }) => msg === 'shutting down')).toHaveLength(1)
  })
})
