import { printf } from '../../commands/printf.ts'
import { unescapeText } from '../../commands/escapes.ts'
import { formatText } from '../../commands/format-text.ts'
import { messagePrefix } from '../shell.ts'
import { setVariable } from '../variables.ts'
import type { Builtin } from './builtin.ts'

/** printf; bash's `-v name` puts the text into a variable. */
export const printInto: Builtin = async (shell, args) => {
  const [option, name, format = '', ...values] = args
  if (option !== '-v' || name === undefined || shell.dialect.name !== 'bash')
    return printf(shell.process, args, messagePrefix(shell))
  setVariable(shell, name, formatText(unescapeText(format, 'printf').text, values))
  return 0
}
