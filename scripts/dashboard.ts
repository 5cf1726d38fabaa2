import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')

/** A dashboard of our own on a free port, on the embedded cluster. */
export interface RunningDashboard {
  url: string
  /** All that it has said so far, its log among it. */
  said(): string
  /** Ends it as an orchestrator does; resolves with its exit code, null when it had to be killed. */
  stop(): Promise<number | null>
}

/** Builds the pages if their sources have changed. */
export const buildPages = () =>
  spawnSync(process.execPath, [join(ROOT, 'scripts/build.ts')], { stdio: 'inherit' })

/**
 * Builds the pages if needed, starts `server.ts` on the embedded cluster (`env` sizes it, or names another one)
 * and waits until its watches are synced. @throws Error with what the process said when it ends before that.
 */
export async function startDashboard(env: Record<string, string>): Promise<RunningDashboard> {
  buildPages()
  const child = spawn(process.execPath, [join(ROOT, 'server.ts')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', CLUSTER: 'demo', PORT: '0', LOG_LEVEL: 'warn', ...env },
  })
  let said = ''
  const ended = new Promise<never>((_, reject) => {
    child.on('exit', (code) => reject(new Error(`the dashboard ended with code ${code}:\n${said}`)))
  })
  const announced = new Promise<string>((resolve) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      const url = /Dashboard: (http:\S+)/.exec(said)?.[1]
      if (url !== undefined) resolve(url)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
  })
  const url = await Promise.race([announced, ended])
  const synced = async () => {
    while (!(await fetch(`${url}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await Promise.race([synced(), ended])
  // From here on its end is what `stop` asks for, and not a failure of the start.
  void Promise.allSettled([ended])
  return {
    url,
    said: () => said,
    stop: () =>
      new Promise((resolve) => {
        child.on('exit', resolve)
        child.kill('SIGTERM')
      }),
  }
}
