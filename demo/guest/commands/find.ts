import { isSystemError } from '../system/errno.ts'
import { fromDirectory, joinPath } from '../system/path.ts'
import { complain, type Process } from '../system/process.ts'
import { runCommand } from '../system/spawn.ts'
import { breathe } from '../system/breathe.ts'
import type { Found, Step, Search } from './find-search.ts'
import { parseExpression } from './find-expression.ts'

async function walk(search: Search, step: Step, found: Found): Promise<void> {
  const { process } = search
  await breathe(process.signal)
  const visit = async () => {
    if (found.depth < search.minDepth) return
    try {
      await step(found)
    } catch (error) {
      if (!isSystemError(error)) throw error
      search.status = await complain(process, `find: cannot delete ‘${found.path}’: ${error.message}`)
    }
  }
  search.pruned = false
  if (!search.depthFirst) await visit()
  if (found.node.type === 'directory' && !search.pruned && found.depth < search.maxDepth) {
    const absolute = fromDirectory(process.cwd, found.path)
    // What was removed meanwhile is passed over, as it is by the original.
    const children = process.machine.files.find(absolute, false) ? process.machine.files.list(absolute) : []
    for (const [name, node] of children)
      await walk(search, step, { path: joinPath(found.path, name), node, depth: found.depth + 1 })
  }
  if (search.depthFirst) await visit()
}

export async function find(process: Process, args: string[]): Promise<number> {
  const words = args.filter((arg, i) => !(i < 3 && ['-H', '-L', '-P'].includes(arg)))
  const start = words.findIndex((word) => /^[-!(]/.test(word))
  const paths = start < 0 ? words : words.slice(0, start)
  const search: Search = {
    process,
    acts: false,
    minDepth: 0,
    maxDepth: Infinity,
    depthFirst: false,
    pruned: false,
    status: 0,
    batches: [],
  }
  let step: Step
  try {
    step = parseExpression(search, start < 0 ? [] : words.slice(start))
  } catch (error) {
    if (!(error instanceof Error) || !('usage' in error)) throw error
    return complain(process, `find: ${error.message}`)
  }
  for (const path of paths.length > 0 ? paths : ['.']) {
    const node = process.machine.files.find(fromDirectory(process.cwd, path), false)
    if (node) await walk(search, step, { path, node, depth: 0 })
    else search.status = await complain(process, `find: ‘${path}’: No such file or directory`)
  }
  for (const { argv, paths: gathered } of search.batches) {
    if (gathered.length > 0 && (await runCommand(process, [...argv, ...gathered])) !== 0) search.status = 1
  }
  return search.status
}
