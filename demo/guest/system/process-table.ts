import { systemError } from './errno.ts'
import { HARMLESS_SIGNALS, SIGNALS } from './signals.ts'

/** A process as the table shows it. Times are milliseconds of uptime. */
export interface Task {
  pid: number
  ppid: number
  user: string
  argv: readonly string[]
  startedAt: number
  residentBytes: number
  virtualBytes: number
  /** CPU time used when it was started or taken over, and the share of one CPU that it has used since. */
  cpuBase: number
  cpuShare: number
  /** Kernel threads are shown in brackets. */
  kernel?: boolean | undefined
  /** The unit that init restarts when its process dies. */
  unit?: string | undefined
  /** A process of an exec: takes a signal. Those that only the table knows have none. */
  deliver?: (signal: number) => void
}

/** The processes of one guest. */
export interface ProcessTable {
  all(): Task[]
  find(pid: number): Task | undefined
  /** Adds a process; throws EAGAIN when the guest has too many. */
  add(task: Omit<Task, 'pid'>): Task
  /** Takes a process away; its children are init's from now on. */
  remove(pid: number): void
  /** Sends a signal; throws ESRCH when there is no such process. */
  kill(pid: number, signal: number): void
  /** CPU milliseconds that the process has used. */
  cpuTime(task: Task): number
  /** What a capture keeps: an exec ends with its connection, so its processes stay out. */
  capture(): TableImage
}

export interface TableImage {
  tasks: readonly Task[]
  lastPid: number
}

/** What a fork bomb may start; cgroups would say so too. */
const MAX_TASKS = 512

export interface ProcessTableOptions extends TableImage {
  uptime: () => number
  /** Told that init has restarted a unit. */
  restarted: (before: Task, after: Task, signal: number) => void
}

export function processTable(options: ProcessTableOptions): ProcessTable {
  const { uptime, restarted } = options
  let { lastPid } = options
  const tasks = new Map(options.tasks.map((task) => [task.pid, task]))
  const add = (task: Omit<Task, 'pid'>) => {
    if (tasks.size >= MAX_TASKS) throw systemError('EAGAIN')
    const added = { ...task, pid: ++lastPid }
    tasks.set(added.pid, added)
    return added
  }
  const endUnit = (task: Task, signal: number) => {
    tasks.delete(task.pid)
    // systemd kills the whole control group, and what an exec runs belongs to the agent's.
    for (const child of tasks.values()) if (child.ppid === task.pid) child.deliver?.(SIGNALS.KILL)
    const after = add({ ...task, startedAt: uptime(), cpuBase: 0 })
    restarted(task, after, signal)
  }
  return {
    all: () => [...tasks.values()].sort((a, b) => a.pid - b.pid),
    find: (pid) => tasks.get(pid),
    add,
    remove(pid) {
      tasks.delete(pid)
      for (const task of tasks.values()) if (task.ppid === pid) task.ppid = 1
    },
    kill(pid, signal) {
      const task = tasks.get(pid)
      if (!task) throw systemError('ESRCH')
      // Init takes only the signals it has asked for, and kernel threads take none.
      if (HARMLESS_SIGNALS.has(signal) || pid === 1 || task.kernel) return
      if (task.deliver) task.deliver(signal)
      else if (task.unit !== undefined) endUnit(task, signal)
      else tasks.delete(pid)
    },
    cpuTime: (task) => task.cpuBase + Math.max(0, uptime() - task.startedAt) * task.cpuShare,
    capture: () => ({ tasks: [...tasks.values()].filter((task) => !task.deliver), lastPid }),
  }
}
