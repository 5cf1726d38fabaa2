import { complain, nameOf, type Process } from '../system/process.ts'

/** Arguments read by getopt's rules: options and operands may be mixed until `--`. */
export interface Options {
  /** Letters, and long names without their dashes. */
  flags: Set<string>
  /** The last value of each letter, and all of them. */
  values: Map<string, string>
  lists: Map<string, string[]>
  operands: string[]
}

/** What a program takes: letters as getopt has them (`n:` takes a value), and long names with the letter they stand for. */
export interface OptionSpec {
  letters: string
  long?: Record<string, string>
  /** Options end at the first operand: what follows belongs to another command. */
  stopAtOperand?: boolean
  /** Exit code of wrong usage; 1 unless told. */
  usage?: number
}

export type OptionFault = { fault: string }

function parse(args: readonly string[], spec: OptionSpec): Options | OptionFault {
  const options: Options = { flags: new Set(), values: new Map(), lists: new Map(), operands: [] }
  const rest = [...args]
  const take = (letter: string, given: string | undefined): OptionFault | undefined => {
    const place = spec.letters.indexOf(letter)
    if (place < 0 || letter === ':') return { fault: `invalid option -- '${letter}'` }
    options.flags.add(letter)
    if (spec.letters[place + 1] !== ':') return undefined
    const value = given ?? rest.shift()
    if (value === undefined) return { fault: `option requires an argument -- '${letter}'` }
    options.values.set(letter, value)
    options.lists.set(letter, [...(options.lists.get(letter) ?? []), value])
    return undefined
  }
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      options.operands.push(...rest)
      return options
    }
    if (arg.startsWith('--')) {
      const [name = '', value] = arg.slice(2).split(/=(.*)/s)
      const letter = spec.long?.[name]
      if (letter === undefined) return { fault: `unrecognized option '--${name}'` }
      const fault = take(letter, value)
      if (fault) return fault
    } else if (/^-./.test(arg)) {
      for (let i = 1; i < arg.length; i++) {
        const letter = arg[i] ?? ''
        const place = spec.letters.indexOf(letter)
        const takesValue = place >= 0 && spec.letters[place + 1] === ':'
        const behind = arg.slice(i + 1)
        const fault = take(letter, takesValue && behind !== '' ? behind : undefined)
        if (fault) return fault
        if (takesValue) break
      }
    } else {
      options.operands.push(arg)
      if (spec.stopAtOperand) {
        options.operands.push(...rest)
        return options
      }
    }
  }
  return options
}

/** Reads the options and runs the program with them; wrong ones are complained about as GNU's tools do. */
export async function withOptions(
  process: Process,
  args: readonly string[],
  spec: OptionSpec,
  run: (options: Options) => Promise<number>,
): Promise<number> {
  const options = parse(args, spec)
  if (!('fault' in options)) return run(options)
  const name = nameOf(process)
  return complain(
    process,
    `${name}: ${options.fault}\nTry '${name} --help' for more information.`,
    spec.usage ?? 1,
  )
}
