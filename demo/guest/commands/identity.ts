import { complain, print, type Process } from '../system/process.ts'
import { KERNEL, kernelVersion } from '../system/proc-files.ts'
import { regularFile } from '../system/file-node.ts'
import { withOptions } from './options.ts'
import { groupID, groupName, userID, userName } from './users.ts'

export async function whoami(process: Process): Promise<number> {
  await print(process, `${userName(process.machine, 0)}\n`)
  return 0
}

export const id = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'ugnGr' }, async ({ flags, operands: [name = 'root'] }) => {
    const { machine } = process
    const uid = userID(machine, name)
    const gid = groupID(machine, name) ?? uid
    if (uid === undefined || gid === undefined) return complain(process, `id: ‘${name}’: no such user`)
    const [user, group] = [userName(machine, uid), groupName(machine, gid)]
    const text = flags.has('u')
      ? flags.has('n')
        ? user
        : String(uid)
      : flags.has('g') || flags.has('G')
        ? flags.has('n')
          ? group
          : String(gid)
        : `uid=${uid}(${user}) gid=${gid}(${group}) groups=${gid}(${group})`
    await print(process, `${text}\n`)
    return 0
  })

export const groups = async (process: Process) => {
  await print(process, 'root\n')
  return 0
}

/** Shows or changes the name; a changed one lives in memory, like everything else. */
export const hostname = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'fsiId' }, async ({ flags, operands: [name] }) => {
    const { machine } = process
    if (name !== undefined) machine.hostname = name
    else if (flags.has('I') || flags.has('i')) await print(process, `${machine.ip()} \n`)
    else if (flags.has('d')) await print(process, '\n')
    else
      await print(process, `${flags.has('s') ? (machine.hostname.split('.')[0] ?? '') : machine.hostname}\n`)
    return 0
  })

export async function hostnamectl(process: Process, args: string[]): Promise<number> {
  const { machine } = process
  const [verb, name] = args
  if (/^(?:set-)?hostname$/.test(verb ?? '') && name !== undefined) {
    machine.hostname = name
    machine.files.put('/etc/hostname', regularFile(`${name}\n`))
    return 0
  }
  const rows = [
    ['Static hostname', machine.hostname],
    ['Chassis', 'vm'],
    ['Machine ID', machine.vmID],
    ['Virtualization', 'kvm'],
    ['Operating System', 'Ubuntu 24.04 LTS'],
    ['Kernel', `Linux ${KERNEL}`],
    ['Architecture', 'x86-64'],
  ]
  await print(process, rows.map(([title = '', value = '']) => `${title.padStart(16)}: ${value}\n`).join(''))
  return 0
}

const UNAME: Record<string, (process: Process) => string> = {
  s: ({ machine }) => (machine.os === 'macos' ? 'Darwin' : 'Linux'),
  n: ({ machine }) => machine.hostname,
  r: ({ machine }) => (machine.os === 'macos' ? '24.5.0' : KERNEL),
  v: ({ machine }) => (machine.os === 'macos' ? 'Darwin Kernel Version 24.5.0' : kernelVersion),
  m: ({ machine }) => (machine.os === 'macos' ? 'arm64' : 'x86_64'),
  p: () => 'x86_64',
  i: () => 'x86_64',
  o: ({ machine }) => (machine.os === 'android' ? 'Toybox' : machine.os === 'macos' ? 'Darwin' : 'GNU/Linux'),
}

export const uname = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    {
      letters: 'asnrvmpio',
      long: {
        all: 'a',
        'kernel-name': 's',
        nodename: 'n',
        'kernel-release': 'r',
        machine: 'm',
        'operating-system': 'o',
      },
    },
    async ({ flags }) => {
      const wanted = flags.has('a')
        ? ['s', 'n', 'r', 'v', 'm', 'p', 'i', 'o']
        : flags.size === 0
          ? ['s']
          : ['s', 'n', 'r', 'v', 'm', 'p', 'i', 'o'].filter((letter) => flags.has(letter))
      await print(process, `${wanted.map((letter) => UNAME[letter]?.(process) ?? '').join(' ')}\n`)
      return 0
    },
  )

export async function nproc(process: Process): Promise<number> {
  await print(process, `${process.machine.cpus}\n`)
  return 0
}

export async function arch(process: Process): Promise<number> {
  await print(process, `${UNAME['m']?.(process) ?? ''}\n`)
  return 0
}

/** No descriptor is a terminal (contract 6.7). */
export async function tty(process: Process): Promise<number> {
  const terminal = process.files.get(0)?.terminal?.()
  await print(process, `${terminal?.name ?? 'not a tty'}\n`)
  if (terminal) return 0
  return 1
}
