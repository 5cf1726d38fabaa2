import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'demo-main-'))
const children: ChildProcess[] = []
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

interface Run {
  out: () => string
  err: () => string
  ended: Promise<number | null>
  child: ChildProcess
  /** Resolves with the first whole line of standard output. */
  firstLine: Promise<string>
}

function run(args: string[]): Run {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { stdio: 'pipe' })
  children.push(child)
  let out = ''
  let err = ''
  child.stderr.on('data', (chunk: Buffer) => void (err += chunk.toString()))
  const firstLine = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      if (out.includes('\n')) resolve(out.slice(0, out.indexOf('\n')))
    })
  })
  const ended = new Promise<number | null>((resolve) => void child.on('close', resolve))
  return { out: () => out, err: () => err, ended, child, firstLine }
}

it('says where it is, writes a private kubeconfig, and leaves cleanly', async () => {
  const file = join(folder, 'kubeconfig')
  const demo = run(['--port', '0', '--sets', '2', '--vms', '6', '--nodes', '1', '--kubeconfig', file])
  const line: unknown = JSON.parse(await demo.firstLine)
  expect(line).toEqual({ server: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), kubeconfig: file })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).toContain('cocoon-demo')
  demo.child.kill('SIGTERM')
  expect(await demo.ended).toBe(0)
  expect(demo.out().trim().split('\n')).toHaveLength(1)
  expect(demo.err()).toContain('SIGTERM')
})

it('names the flag that is wrong', async () => {
  const demo = run(['--vms', 'many'])
  expect(await demo.ended).toBe(1)
  expect(demo.err()).toBe('--vms "many": must be a whole number from 0 to 50000\n')
  expect(demo.out()).toBe('')
})
