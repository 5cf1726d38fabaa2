import { complain } from '../system/process.ts'
import { runCommand } from '../system/spawn.ts'
import { type Step, type Search, mistake } from './find-search.ts'

/** `-exec … ;` for each file, `-exec … {} +` for many at once; takes its words from `args`. Throws when it has no end. */
export function exec(search: Search, name: string, args: string[]): Step {
  const { process } = search
  const argv: string[] = []
  for (let word = args.shift(); word !== ';'; word = args.shift()) {
    if (word === undefined) throw mistake(`missing argument to \`${name}'`)
    if (word === '+' && argv.at(-1) === '{}') {
      const batch = { argv: argv.slice(0, -1), paths: [] as string[] }
      search.batches.push(batch)
      return ({ path }) => batch.paths.push(path) > 0
    }
    argv.push(word)
  }
  return async ({ path }) =>
    (await runCommand(
      process,
      argv.map((word) => word.replaceAll('{}', path)),
      {},
      async (reason) => void (await complain(process, `find: ‘${argv[0] ?? ''}’: ${reason}`)),
    )) === 0
}
