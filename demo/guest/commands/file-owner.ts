import { joinPath } from '../system/path.ts'
import { complain, nameOf, type Process } from '../system/process.ts'
import { changedMode } from './file-mode.ts'
import { eachOperand, missingOperand } from './each-operand.ts'
import { withOptions } from './options.ts'
import { groupID, userID } from './users.ts'

/** Changes each operand, and with `-R` what is below it. */
async function changeEach(
  process: Process,
  operands: string[],
  recursive: boolean,
  text: (name: string) => string,
  change: (path: string) => void,
): Promise<number> {
  const { files } = process.machine
  const walk = (path: string) => {
    change(path)
    const node = files.lookup(path, false)
    if (recursive && node.type === 'directory')
      for (const [name] of files.list(path)) walk(joinPath(path, name))
  }
  return eachOperand(process, operands, text, walk)
}

export async function chmod(process: Process, args: string[]): Promise<number> {
  const recursive = args.some((arg) => /^-[a-zA-Z]*R/.test(arg))
  const [spec, ...operands] = args.filter((arg) => !/^-(?:R|f|v|c)+$/.test(arg))
  if (spec === undefined || operands.length === 0) return missingOperand(process)
  const { files } = process.machine
  if (changedMode(spec, files.lookup('/')) === undefined)
    return complain(process, `chmod: invalid mode: ‘${spec}’\nTry 'chmod --help' for more information.`)
  return changeEach(
    process,
    operands,
    recursive,
    (name) => `cannot access '${name}'`,
    (path) => {
      const mode = changedMode(spec, files.lookup(path))
      if (mode !== undefined) files.change(path, { mode })
    },
  )
}

export const chown = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'Rhvf' }, async ({ flags, operands: [spec, ...operands] }) => {
    if (spec === undefined || operands.length === 0) return missingOperand(process)
    const { machine } = process
    const onlyGroup = nameOf(process) === 'chgrp'
    const [user = '', group] = onlyGroup ? ['', spec] : spec.split(/[:.]/)
    const uid = user === '' ? undefined : userID(machine, user)
    const gid = group === undefined || group === '' ? undefined : groupID(machine, group)
    if (user !== '' && uid === undefined) return complain(process, `chown: invalid user: ‘${spec}’`)
    if (group !== undefined && group !== '' && gid === undefined)
      return complain(process, `${nameOf(process)}: invalid group: ‘${spec}’`)
    const change = { ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }) }
    return changeEach(
      process,
      operands,
      flags.has('R'),
      (name) => `cannot access '${name}'`,
      (path) => machine.files.change(path, change),
    )
  })
