import { print } from '../../system/process.ts'
import { sayKilled } from '../say-killed.ts'
import type { Job, Shell } from '../shell.ts'
import { refuse, type Builtin } from './builtin.ts'

/** Waits, but not beyond the shell's own death. */
function endOf(shell: Shell, job: Job): Promise<number> {
  const { signal } = shell.process
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    void job.ended.then((code) => {
      signal.removeEventListener('abort', abort)
      resolve(code)
    })
  })
}

export const wait: Builtin = async (shell, args) => {
  if (args.length === 0) {
    for (const job of shell.jobs.splice(0)) await endOf(shell, job)
    return 0
  }
  let status = 0
  for (const arg of args) {
    const job = shell.jobs.find((each) =>
      arg.startsWith('%') ? `%${each.number}` === arg : String(each.pid) === arg,
    )
    if (!job) {
      status = 127
      if (shell.dialect.name === 'bash') await refuse(shell, `wait: pid ${arg} is not a child of this shell`)
      continue
    }
    status = await endOf(shell, job)
    await sayKilled(shell, job.killedBy(), job.pid, job.text)
    shell.jobs.splice(shell.jobs.indexOf(job), 1)
  }
  return status
}

export const jobs: Builtin = async (shell) => {
  for (const job of shell.jobs) {
    const state = job.code === undefined ? 'Running' : job.code === 0 ? 'Done' : `Done(${job.code})`
    await print(
      shell.process,
      `[${job.number}] ${job === shell.jobs.at(-1) ? '+' : ' '} ${state.padEnd(24)}${job.text}\n`,
    )
  }
  shell.jobs = shell.jobs.filter((job) => job.code === undefined)
  return 0
}
