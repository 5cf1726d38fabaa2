import { baseName, fromDirectory } from '../system/path.ts'
import { print } from '../system/process.ts'
import { matchesPattern } from '../shell/pattern.ts'
import { posixRegex } from './posix-regex.ts'
import { userName } from './users.ts'
import { type Found, type Step, type Search, mistake } from './find-search.ts'
import { formatted, listed } from './find-format.ts'
import { ageTest, sizeTest, typeTest, permissionTest, isEmpty } from './find-tests.ts'
import { exec } from './find-exec.ts'

function remove({ process }: Search, { path, node }: Found): boolean {
  const { files } = process.machine
  const absolute = fromDirectory(process.cwd, path)
  if (node.type === 'directory') files.removeDirectory(absolute)
  else files.unlink(absolute)
  return true
}

/** Reads the expression behind the paths, as tests joined by and, or and not. Throws for what is none. */
export function parseExpression(search: Search, args: string[]): Step {
  const { process } = search
  const value = (name: string) => {
    const next = args.shift()
    if (next === undefined) throw mistake(`missing argument to \`${name}'`)
    return next
  }
  const output = (text: (found: Found) => string): Step => {
    search.acts = true
    return async (found) => {
      await print(process, text(found))
      return true
    }
  }
  const primary = (): Step => {
    const name = args.shift() ?? ''
    switch (name) {
      case '(': {
        const inner = either()
        if (args.shift() !== ')')
          throw mistake("invalid expression; I was expecting to find a ')' somewhere but did not see one.")
        return inner
      }
      case '!':
      case '-not': {
        const inner = primary()
        return async (found) => !(await inner(found))
      }
      case '-name':
      case '-iname': {
        const pattern = value(name)
        return ({ path }) => matchesPattern(pattern, baseName(path), name === '-iname')
      }
      case '-path':
      case '-wholename':
      case '-ipath': {
        const pattern = value(name)
        return ({ path }) => matchesPattern(pattern, path, name === '-ipath')
      }
      case '-regex': {
        const regex = posixRegex(`^(${value(name)})$`, true)
        return ({ path }) => regex.test(path)
      }
      case '-type':
        return typeTest(value(name))
      case '-size':
        return sizeTest(value(name))
      case '-mtime':
      case '-atime':
      case '-ctime':
        return ageTest(search, value(name), 86_400_000)
      case '-mmin':
      case '-amin':
      case '-cmin':
        return ageTest(search, value(name), 60_000)
      case '-newer': {
        const { mtime } = process.machine.files.lookup(fromDirectory(process.cwd, value(name)))
        return ({ node }) => node.mtime > mtime
      }
      case '-user': {
        const user = value(name)
        return ({ node }) => userName(process.machine, node.uid) === user || String(node.uid) === user
      }
      case '-perm':
        return permissionTest(value(name))
      case '-executable':
        return ({ node }) => (node.mode & 0o111) !== 0
      case '-empty':
        return ({ node }) => isEmpty(node)
      case '-true':
        return () => true
      case '-false':
        return () => false
      case '-maxdepth':
        search.maxDepth = Number(value(name))
        return () => true
      case '-mindepth':
        search.minDepth = Number(value(name))
        return () => true
      case '-depth':
      case '-mount':
      case '-xdev':
        if (name === '-depth') search.depthFirst = true
        return () => true
      case '-prune':
        return () => (search.pruned = true)
      case '-print':
        return output(({ path }) => `${path}\n`)
      case '-print0':
        return output(({ path }) => `${path}\0`)
      case '-ls':
        return output((found) => listed(search, found))
      case '-printf': {
        const format = value(name)
        return output((found) => formatted(search, format, found))
      }
      case '-delete':
        search.acts = true
        search.depthFirst = true
        return (found) => remove(search, found)
      case '-exec':
      case '-ok':
        search.acts = true
        return exec(search, name, args)
      default:
        if (name === '') throw mistake('invalid expression')
        throw mistake(
          name.startsWith('-') ? `unknown predicate \`${name}'` : `paths must precede expression: \`${name}'`,
        )
    }
  }
  const both = (): Step => {
    let step = primary()
    while (args.length > 0 && !['-o', '-or', ')'].includes(args[0] ?? '')) {
      if (args[0] === '-a' || args[0] === '-and') args.shift()
      const [before, next] = [step, primary()]
      step = async (found) => (await before(found)) && next(found)
    }
    return step
  }
  const either = (): Step => {
    let step = both()
    while (args[0] === '-o' || args[0] === '-or') {
      args.shift()
      const [before, next] = [step, both()]
      step = async (found) => (await before(found)) || next(found)
    }
    return step
  }
  const whole = args.length > 0 ? either() : () => true
  if (args.length > 0) throw mistake(`invalid expression; you have used a '${args[0] ?? ''}' somewhere`)
  if (search.acts) return whole
  const show = output(({ path }) => `${path}\n`)
  return async (found) => (await whole(found)) && show(found)
}
