import type { Machine } from '../system/machine.ts'

function rowsOf(machine: Machine, path: string): string[][] {
  const text = new TextDecoder().decode(machine.files.read(path, 0, 65_536) ?? new Uint8Array())
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(':'))
}

/** The name of a user id, or the number when nobody has it. */
export const userName = (machine: Machine, uid: number) =>
  rowsOf(machine, '/etc/passwd').find((row) => row[2] === String(uid))?.[0] ?? String(uid)
export const groupName = (machine: Machine, gid: number) =>
  rowsOf(machine, '/etc/group').find((row) => row[2] === String(gid))?.[0] ?? String(gid)

const idOf = (machine: Machine, path: string, name: string): number | undefined => {
  const found = rowsOf(machine, path).find((row) => row[0] === name)?.[2]
  if (found !== undefined) return Number(found)
  return /^\d+$/.test(name) ? Number(name) : undefined
}

export const userID = (machine: Machine, name: string) => idOf(machine, '/etc/passwd', name)
export const groupID = (machine: Machine, name: string) => idOf(machine, '/etc/group', name)
